# frozen_string_literal: true

require "time"

# Plans when jobs run and keeps a log of what ran.
module Schedule
  Entry = Struct.new(:name, :every_seconds, :last_run)

  class Planner
    attr_reader :entries

    def initialize(clock: Time, logger: nil)
      @clock = clock
      @logger = logger
      @entries = []
      @runs = Hash.new(0)
    end

    def add(name, every_seconds:)
      raise ArgumentError, "a job needs a name" if name.to_s.empty?

      entry = Entry.new(name, every_seconds, nil)
      @entries << entry
      entry
    end

    def due
      now = @clock.now
      @entries.select do |entry|
        if entry.last_run.nil?
          true
        else
          elapsed = now - entry.last_run
          elapsed >= entry.every_seconds
        end
      end
    end

    def run_due
      due.each do |entry|
        started = @clock.now
        begin
          yield entry
          entry.last_run = started
          @runs[entry.name] += 1
        rescue StandardError => e
          @logger&.warn("#{entry.name} failed: #{e.message}")
        ensure
          note(entry, @clock.now - started)
        end
      end
    end

    def summary
      lines = @entries.map do |entry|
        count = @runs[entry.name]
        last = entry.last_run ? entry.last_run.iso8601 : "never"
        format("%-20s %5d  %s", entry.name, count, last)
      end
      lines.join("\n")
    end

    private

    def note(entry, seconds)
      return unless @logger

      text = case seconds
             when 0...1 then "quick"
             when 1...10 then "slow"
             else "very slow"
             end
      @logger.info("#{entry.name} was #{text}")
    end
  end

  # Reads a plan of lines such as `backup 3600`.
  class Reader
    def self.read(text)
      planner = Planner.new
      text.each_line.with_index(1) do |line, number|
        line = line.strip
        next if line.empty? || line.start_with?("#")

        name, seconds = line.split(/\s+/, 2)
        unless seconds&.match?(/\A\d+\z/)
          raise ArgumentError, "line #{number}: #{line.inspect} has no interval"
        end
        planner.add(name, every_seconds: Integer(seconds))
      end
      planner
    end
  end
end
