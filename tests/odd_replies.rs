//! Whatever is typed, a session goes on to its end, within its bounds, and the same way each time.

use amends::embedded;
use amends::scenario::Scenario;
use amends::score::Scorecard;
use amends::session::{Place, Reaction, Session, Stage};

/// So many replies to each scenario. `AMENDS_REPLIES=10000` is what a release is tried with.
const REPLIES: u64 = 100;

/// A small generator of its own, so that the replies never change.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit.max(1)
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

/// What people, cats and attackers type.
const ODD: [&str; 28] = [
    ":",
    ":help",
    ":undo",
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\u{0}",
    "😀🔥🙏",
    "我很抱歉给您添麻烦了",
    "Es tut mir leid",
    "je suis désolé",
    "あなたの責任",
    "“",
    "’",
    "\u{feff}",
    "\u{200b}",
    "{{name}}",
    "{harm}",
    "> quoted",
    "\r\n",
    "...",
    "?!?",
    "-- ",
    "amends:allow our-policy -- x",
    "\u{fffc}",
    "ﷺ",
    "\u{202e}abc",
    "sorry sorry sorry",
    "I'm so sorry",
];

fn reply(number: u64, words: &[&str]) -> String {
    let mut dice = Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    if number.is_multiple_of(97) {
        return dice.of(&ODD).repeat((1 << 20) / 3);
    }
    let mut reply = String::new();
    for _ in 0..=dice.below(7) {
        match dice.below(8) {
            0 => reply.push_str(dice.of(&ODD)),
            1 => reply.extend(char::from_u32(dice.below(0x11_0000) as u32)),
            2 => reply.extend((0..dice.below(9)).map(|_| char::from(b' ' + dice.below(95) as u8))),
            _ => reply.push_str(dice.of(words)),
        }
        reply.push_str(dice.of(&[" ", "\n", "", ". ", "? "]));
    }
    reply
}

fn check(reply: &str, reaction: &Reaction) {
    assert!(reaction.after.anger <= 100 && reaction.after.goodwill <= 100);
    assert!(reaction.notes.len() <= 3 && reaction.customer.len() <= 2);
    let heard = reaction.heard.iter().map(|hit| hit.span);
    let booked = reaction.entries.iter().filter_map(|entry| entry.span);
    let noted = reaction.notes.iter().filter_map(|note| note.span);
    for span in heard.chain(booked).chain(noted) {
        assert!(reply.get(span.range()).is_some(), "{span:?} is no part of {reply:?}");
    }
    assert!(reaction.notes.iter().all(|note| !note.text.is_empty() && !note.text.contains("{customer}")));
}

/// Plays the replies in one session after another, and tells everything that happened.
fn play(stage: &Stage<'_>, replies: &[String]) -> String {
    let mut told = String::new();
    let mut seed = 0;
    let mut session = Session::new(stage, seed);
    for reply in replies {
        let reaction = session.say(reply);
        check(reply, &reaction);
        told.push_str(&format!("{:?}\n", (&reaction.entries, &reaction.notes, &reaction.customer)));
        assert!(session.turns().len() <= 40, "it has no end");
        if let Place::Over(_) = session.place() {
            let card = Scorecard::of(&session);
            assert!(card.mark <= 100 && card.steps.iter().all(|step| step.mark <= step.of));
            told.push_str(&serde_json::to_string(&card).expect("a card"));
            seed += 1;
            session = Session::new(stage, seed);
        }
    }
    assert!(seed > 0, "no session came to its end");
    told
}

#[test]
fn whatever_is_typed_a_session_goes_on_to_its_end() {
    let ground = embedded::ground();
    let count = std::env::var("AMENDS_REPLIES").ok().and_then(|count| count.parse().ok()).unwrap_or(REPLIES);
    for (name, text) in embedded::scenarios() {
        let scenario = Scenario::read(name, (*text).to_owned(), &ground.lexicon).expect("a sound scenario");
        let rules = ground
            .lexicon
            .rules
            .iter()
            .flat_map(|rule| rule.flags.iter().chain(&*rule.allows).chain(&rule.say));
        let models = scenario.file.models.iter().flat_map(|model| &model.replies);
        let words: Vec<&str> = rules.chain(models).map(String::as_str).collect();
        let replies: Vec<String> = (0..count).map(|number| reply(number, &words)).collect();
        let stage = ground.stage(&scenario);
        assert_eq!(play(&stage, &replies), play(&stage, &replies), "{name}");
    }
}
