use std::iter::Peekable;
use std::str::Chars;

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Number(f64),
    Word(String),
    Sign(char),
}

pub struct Tokens<'a> {
    characters: Peekable<Chars<'a>>,
    line: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        let characters = text.chars().peekable();
        Tokens { characters, line: 1 }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(&character) = self.characters.peek() {
            if !wanted(character) {
                break;
            }
            text.push(character);
            self.characters.next();
        }
        text
    }
}

impl Iterator for Tokens<'_> {
    type Item = Result<Token, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let first = *self.characters.peek()?;
            if first == '\n' {
                self.line += 1;
            }
            if !first.is_whitespace() {
                break;
            }
            self.characters.next();
        }
        let first = *self.characters.peek()?;
        if first.is_ascii_digit() {
            let text = self.take_while(|one| one.is_ascii_digit() || one == '.');
            let line = self.line;
            return Some(text.parse().map(Token::Number).map_err(|error| {
                let place = format!("line {line}");
                format!("{place}: {text} is no number: {error}")
            }));
        }
        if first.is_alphabetic() {
            let word = self.take_while(|one| one.is_alphanumeric() || one == '_');
            return Some(Ok(Token::Word(word)));
        }
        self.characters.next();
        Some(Ok(Token::Sign(first)))
    }
}

pub fn count_words(text: &str) -> Result<usize, String> {
    let mut words = 0;
    for token in Tokens::new(text) {
        let token = token?;
        if matches!(token, Token::Word(_)) {
            words += 1;
        }
    }
    Ok(words)
}
