package example.limits;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Lets through so many calls in a span of time. */
public class RateLimiter {
    enum Answer { GO, WAIT, NEVER }

    private final Clock clock;
    private final int most;
    private final Duration span;
    private final Deque<Long> passed = new ArrayDeque<>();

    public RateLimiter(Clock clock, int most, Duration span) {
        this.clock = clock;
        this.most = most;
        this.span = span;
    }

    public Answer ask() {
        if (most == 0) {
            return Answer.NEVER;
        }
        long now = clock.millis();
        synchronized (passed) {
            forget(now);
            if (passed.size() < most) {
                passed.addLast(now);
                return Answer.GO;
            }
        }
        return Answer.WAIT;
    }

    public Optional<Duration> waitingTime() {
        long now = clock.millis();
        synchronized (passed) {
            forget(now);
            if (passed.size() < most) {
                return Optional.of(Duration.ZERO);
            }
            Long oldest = passed.peekFirst();
            if (oldest == null) {
                return Optional.empty();
            }
            return Optional.of(span.minusMillis(now - oldest));
        }
    }

    public <T> T run(Task<T> task) throws Exception {
        int rounds = 0;
        while (ask() != Answer.GO) {
            rounds++;
            if (rounds > 100) {
                throw new IllegalStateException("waited too often");
            }
            Duration pause = waitingTime().orElse(span);
            Thread.sleep(pause.toMillis());
        }
        try {
            return task.call();
        } finally {
            System.out.println("ran after " + rounds + " rounds");
        }
    }

    private void forget(long now) {
        long limit = now - span.toMillis();
        while (!passed.isEmpty() && passed.peekFirst() <= limit) {
            passed.removeFirst();
        }
    }

    @FunctionalInterface
    public interface Task<T> {
        T call() throws Exception;
    }
}
