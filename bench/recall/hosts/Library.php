<?php

declare(strict_types=1);

namespace Example\Library;

use InvalidArgumentException;
use RuntimeException;

final class Library
{
    /** @var array<string, Book> */
    private array $books = [];

    private array $listeners = [];

    public function __construct(private readonly string $name, private ?Clock $clock = null)
    {
    }

    public static function fromFile(string $path): self
    {
        $library = new self(basename($path));
        $handle = fopen($path, 'rb');
        if ($handle === false) {
            throw new RuntimeException("$path cannot be read");
        }
        try {
            while (($row = fgetcsv($handle)) !== false) {
                if (count($row) < 2) {
                    continue;
                }
                $library->add(new Book($row[0], $row[1]));
            }
        } finally {
            fclose($handle);
        }
        return $library;
    }

    public function add(Book $book): void
    {
        if (isset($this->books[$book->number])) {
            throw new InvalidArgumentException("{$book->number} is there already");
        }
        $this->books[$book->number] = $book;
        foreach ($this->listeners as $listener) {
            $listener($book);
        }
    }

    public function lend(string $number, string $reader): bool
    {
        $book = $this->books[$number] ?? null;
        if ($book === null) {
            return false;
        }
        switch ($book->state) {
            case 'free':
                $book->state = 'lent';
                $book->reader = $reader;
                return true;
            case 'lent':
                return false;
            default:
                throw new RuntimeException("unknown state {$book->state}");
        }
    }

    public function lent(): array
    {
        $lent = array_filter($this->books, function (Book $book): bool {
            $isLent = $book->state === 'lent';
            return $isLent;
        });
        usort($lent, fn (Book $a, Book $b) => strcmp($a->title, $b->title));
        return $lent;
    }
}

final class Book
{
    public string $state = 'free';
    public ?string $reader = null;

    public function __construct(public readonly string $number, public readonly string $title)
    {
    }
}

function describe(Book $book): string
{
    $text = "{$book->title} ({$book->number})";
    if ($book->reader !== null) {
        $text .= ", with {$book->reader}";
    }
    return $text;
}
