package example.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keeps accounts and the movements between them. */
public final class Ledger implements AutoCloseable {
    private final Map<String, Account> accounts = new HashMap<>();
    private final List<Consumer<Movement>> listeners = new ArrayList<>();
    private boolean closed;

    public Ledger(List<String> names) {
        for (String name : names) {
            accounts.put(name, new Account(name));
        }
    }

    public static Ledger read(Path file) throws IOException {
        Ledger ledger = new Ledger(List.of());
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line;
            int number = 0;
            while ((line = reader.readLine()) != null) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String[] parts = line.split(";");
                if (parts.length != 3) {
                    throw new IOException("line " + number + " has " + parts.length + " parts");
                }
                ledger.move(parts[0], parts[1], Long.parseLong(parts[2]));
            }
        }
        return ledger;
    }

    public synchronized void move(String from, String to, long cents) {
        if (closed) {
            throw new IllegalStateException("the ledger is closed");
        }
        Account source = accounts.computeIfAbsent(from, Account::new);
        Account target = accounts.computeIfAbsent(to, Account::new);
        source.cents -= cents;
        target.cents += cents;
        Movement movement = new Movement(from, to, cents);
        listeners.forEach(listener -> {
            try {
                listener.accept(movement);
            } catch (RuntimeException failure) {
                System.err.println("a listener failed: " + failure.getMessage());
            }
        });
    }

    public long balance(String name) {
        Account account = accounts.get(name);
        return account == null ? 0 : account.cents;
    }

    public String summary() {
        StringBuilder text = new StringBuilder();
        for (Account account : accounts.values()) {
            text.append(account.name).append(": ");
            if (account.cents < 0) {
                text.append("owes ");
            }
            text.append(Math.abs(account.cents)).append('\n');
        }
        return text.toString();
    }

    public void onMove(Consumer<Movement> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        closed = true;
        listeners.clear();
    }

    private static final class Account {
        private final String name;
        private long cents;

        Account(String name) {
            this.name = name;
        }
    }

    public record Movement(String from, String to, long cents) {}
}
