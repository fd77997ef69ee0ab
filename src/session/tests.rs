//! The rules of the game, tried on the scenario that authors begin with.

use crate::coaching::Item;
use crate::embedded;
use crate::lexicon::Lexicon;
use crate::scenario::schema::{ApologyNeed, AtFault, Channel};
use crate::scenario::{self, Outcome, Scenario, SceneKind, Step};
use crate::score::Scorecard;

mod attention;

use super::{Ground, NoteKind, Place, Reaction, Session, Stage};

/// A plain good session: three replies and the scenes.
const APOLOGY: &str = "I'm so sorry, Ms Okoro. You crossed the town on two buses because we promised you Friday, and \
    your ride with your daughter hangs on it. That must be so frustrating. This is our mistake, and I'll see to it myself.";
const REVIEW: &str = "Let me make sure I have this right: it was promised for today at five, and nobody rang you. \
    What time do you need it tomorrow? And what would help you most?";
const FIX: &str = "I'll have the brake done tonight and bring it to your door. I'll also go over your daughter's bicycle, \
    on the house. I'll ring you at eight to tell you that it is on its way.";

struct House {
    ground: Ground,
    scenario: Scenario,
}

impl House {
    fn open() -> Self {
        Self::with(|_| {})
    }

    /// The house with a scenario that is changed a little.
    fn with(change: impl FnOnce(&mut scenario::ScenarioFile)) -> Self {
        let ground = embedded::ground();
        let text = scenario::template("promised-friday");
        let mut scenario =
            Scenario::read("promised-friday", text, &ground.lexicon).expect("a sound scenario");
        change(&mut scenario.file);
        Self { ground, scenario }
    }

    fn stage(&self) -> Stage<'_> {
        self.ground.stage(&self.scenario)
    }

    fn session(&self) -> Session<'_> {
        Session::new(&self.stage(), 7)
    }

    /// The session after these replies.
    fn after(&self, replies: &[&str]) -> Session<'_> {
        let mut session = self.session();
        replies.iter().for_each(|reply| drop(session.say(reply)));
        session
    }

    /// What the last of these replies caused.
    fn last(&self, replies: &[&str]) -> Reaction {
        self.after(replies).turns().last().expect("a reply").reaction.clone()
    }
}

fn names(reaction: &Reaction) -> Vec<&str> {
    reaction.entries.iter().map(|entry| entry.name.as_str()).collect()
}

fn mark(session: &Session<'_>, item: Item) -> (u8, u8) {
    let card = Scorecard::of(session);
    let items = card.steps.iter().flat_map(|step| &step.items);
    let found = items.into_iter().find(|one| one.item == item).expect("an item");
    (found.mark, found.of)
}

#[test]
fn a_plain_good_session_wins_her() {
    let house = House::open();
    let mut session = house.session();
    assert_eq!(session.place(), Place::Encounter(Step::Apologize));
    assert_eq!(session.say(APOLOGY).now, Place::Encounter(Step::Review));
    assert_eq!(session.say(REVIEW).now, Place::Encounter(Step::Fix));
    let end = session.say(FIX);
    assert!(matches!(end.now, Place::Scene(_)), "{end:#?}");
    while let Place::Scene(_) = session.place() {
        session.skip();
    }
    assert_eq!(session.place(), Place::Over(Outcome::Won));
    let card = Scorecard::of(&session);
    assert_eq!(card.steps[0].mark, 35, "{:#?}", card.steps[0]);
    assert_eq!(card.wording.mark, 100, "{:#?}", card.wording);
    assert_eq!(card.fate.expect("a fate").lifetime, 3_000);
}

#[test]
fn the_same_seed_and_replies_are_the_same_session() {
    let house = House::open();
    let replies = [APOLOGY, "Did you plug it in?", "", "xyzzy", REVIEW, FIX, "Sam was ill.", "Thank you."];
    let told = |seed| {
        let mut session = Session::new(&house.stage(), seed);
        let reactions: Vec<Reaction> = replies.iter().map(|reply| session.say(reply)).collect();
        format!("{:?} {reactions:?}", session.opening())
    };
    assert_eq!(told(3), told(3));
    let others = (0..8).map(told).collect::<std::collections::BTreeSet<_>>();
    assert!(others.len() > 4, "only {} different sessions", others.len());
}

#[test]
fn a_reply_is_taken_back_by_keeping_a_clone() {
    let house = House::open();
    let before = house.session();
    let mut first = before.clone();
    let one = format!("{:?}", first.say(APOLOGY));
    let mut again = before.clone();
    assert_eq!(format!("{:?}", again.say(APOLOGY)), one);
    assert!(before.turns().is_empty());
}

#[test]
fn a_remedy_before_she_is_ready_goes_by_unheard() {
    let house = House::open();
    let reaction = house.last(&["We'll have the brake done tonight."]);
    assert_eq!(names(&reaction), ["too-soon"]);
    assert_eq!(reaction.before, reaction.after);
    assert_eq!(reaction.now, Place::Encounter(Step::Apologize));
    let session = house.after(&["We'll have the brake done tonight.", APOLOGY, REVIEW, FIX]);
    assert_eq!(mark(&session, Item::Remedy), (12, 12));
}

#[test]
fn an_apology_that_takes_itself_back_does_not_land() {
    let house = House::open();
    for reply in
        ["I'm sorry if you feel let down.", "I'm sorry, but it's our policy.", "Sorry for any inconvenience."]
    {
        let session = house.after(&[reply]);
        assert_eq!(session.place(), Place::Encounter(Step::Apologize));
        assert_eq!(mark(&session, Item::Apology).0, 0, "{reply}");
        assert!(session.feelings().anger > 70, "{reply}");
    }
}

#[test]
fn an_early_question_freezes_step_2_until_it_is_repaired() {
    let house = House::open();
    let question = "Did you plug it in?";
    let reaction = house.last(&[question]);
    assert!(names(&reaction).contains(&"early-check"), "{reaction:#?}");
    assert!(reaction.after.anger > reaction.before.anger);
    let frozen = house.after(&[question, "So it was promised for Friday at five. Is that right?"]);
    assert_eq!(Scorecard::of(&frozen).steps[1].mark, 0);
    let repaired = house.after(&[question, APOLOGY, REVIEW]);
    let clean = house.after(&[APOLOGY, REVIEW]);
    let (repaired, clean) = (Scorecard::of(&repaired).steps[1].mark, Scorecard::of(&clean).steps[1].mark);
    assert!(repaired > 0 && repaired < clean, "{repaired} {clean}");
    let reaction = house.last(&[question, APOLOGY]);
    assert!(names(&reaction).contains(&"repaired"), "{reaction:#?}");
}

#[test]
fn once_she_is_ready_a_blunt_question_is_borne() {
    let house = House::open();
    let reaction = house.last(&[APOLOGY, "Did you plug it in?"]);
    assert!(reaction.entries.iter().all(|entry| entry.goodwill >= 0 && entry.anger <= 0), "{reaction:#?}");
    assert!(reaction.notes.iter().any(|note| note.kind == NoteKind::Instead), "{reaction:#?}");
}

#[test]
fn the_same_again_is_worth_less_and_then_costs() {
    let house = House::with(|file| file.mood.anger = 100);
    let mut session = house.session();
    let worth: Vec<i16> = (0..4)
        .map(|_| {
            let reaction = session.say("I'm sorry.");
            let of_apology = |name: &str| name == "apology" || name == "again";
            let entries = reaction.entries.iter().filter(|entry| of_apology(&entry.name));
            entries.map(|entry| entry.goodwill - entry.anger).sum()
        })
        .collect();
    assert!(worth[0] > worth[1] && worth[1] > 0 && worth[2] == 0 && worth[3] < 0, "{worth:?}");
}

#[test]
fn everything_at_once_earns_less_than_half_of_a_plain_good_reply() {
    for channel in [Channel::Counter, Channel::Chat, Channel::Email] {
        let house = House::with(|file| file.channel = channel);
        let good = Scorecard::of(&house.after(&[APOLOGY, REVIEW, FIX])).mark;
        let rules = &house.ground.lexicon.rules;
        let all: Vec<&str> =
            rules.iter().flat_map(|rule| rule.say.iter().chain(&*rule.flags)).map(String::as_str).collect();
        let says: Vec<&str> = rules.iter().flat_map(|rule| rule.say.iter()).map(String::as_str).collect();
        let mut replies = vec![all.join(" "), says.join(" ")];
        // A little of everything, from anywhere.
        for start in 0..24 {
            let some: Vec<&str> = all.iter().skip(start * 3).step_by(31).take(24).copied().collect();
            replies.push(some.join(" "));
        }
        for reply in &replies {
            let mark = Scorecard::of(&house.after(&[reply])).mark;
            let short: String = reply.chars().take(300).collect();
            assert!(mark * 2 < good, "{channel:?}: {mark} of {good}: {short}");
        }
    }
}

#[test]
fn nothing_recognised_costs_nothing_and_is_asked_about() {
    let house = House::open();
    let reaction = house.last(&["The quick brown fox."]);
    assert_eq!(reaction.before, reaction.after);
    assert!(house.scenario.file.moments.puzzled.contains(&reaction.customer[0]));
    assert_eq!(reaction.notes.len(), 1);
    let silent = house.last(&[" \n "]);
    assert!(house.scenario.file.moments.silence.contains(&silent.customer[0]));
}

#[test]
fn blame_that_nobody_laid_costs_and_the_task_does_not() {
    for fault in [AtFault::No, AtFault::Unclear] {
        let house = House::with(|file| file.at_fault = fault);
        assert!(names(&house.last(&["This is all our fault."])).contains(&"self-blame"));
        let task = house.last(&["Leave it with me. I'll take care of this myself."]);
        assert!(!names(&task).contains(&"self-blame") && task.after.goodwill > task.before.goodwill);
    }
    let ours = House::open();
    assert!(!names(&ours.last(&["This is all our fault."])).contains(&"self-blame"));
}

#[test]
fn where_no_apology_is_needed_kindness_opens_the_gate() {
    let house = House::with(|file| {
        file.apology = ApologyNeed::Unneeded;
        file.mood.anger = 40;
    });
    let thanks = house.last(&["Thank you so much for coming by again. We appreciate it."]);
    assert_eq!(thanks.now, Place::Encounter(Step::Review));
    let sorry = house.last(&["I'm so sorry.", "I'm really so sorry about this. I apologise again."]);
    assert!(names(&sorry).contains(&"apology-unneeded"), "{sorry:#?}");
    let card = Scorecard::of(&house.session());
    assert!(card.steps[0].items.iter().all(|item| item.item != Item::Apology));
    assert_eq!(card.steps[0].items.iter().map(|item| item.of).sum::<u8>(), 35);
}

#[test]
fn a_letter_may_go_through_several_steps() {
    let house = House::with(|file| file.channel = Channel::Email);
    let letter = format!("Dear Ms Okoro,\n\n{APOLOGY}\n\n{REVIEW}\n\n{FIX}");
    // It asks something: she answers that before it is over.
    let reaction = house.last(&[&letter]);
    assert_eq!(reaction.now, Place::Encounter(Step::Fix), "{reaction:#?}");
    let end = house.last(&[&letter, "Thank you, Ms Okoro. I'll ring you at eight."]);
    assert!(matches!(end.now, Place::Scene(_)), "{end:#?}");
    let spoken = House::open();
    let hurried = spoken.last(&[&format!("{APOLOGY} {FIX}")]);
    assert_eq!(hurried.now, Place::Encounter(Step::Review));
    assert!(names(&hurried).contains(&"too-soon"));
}

#[test]
fn a_letter_is_read_to_its_end() {
    let house = House::with(|file| file.channel = Channel::Email);
    let letter = format!("We'll have the brake done tonight.\n\n{APOLOGY}");
    let reaction = house.last(&[&letter]);
    assert!(names(&reaction).contains(&"too-soon"));
    assert_eq!(reaction.now, Place::Encounter(Step::Fix), "{reaction:#?}");
}

#[test]
fn what_comes_after_she_cut_in_is_not_heard() {
    let house = House::open();
    let long = format!("{} I'm so sorry that we let you down.", "the wheel goes round ".repeat(40));
    let reaction = house.last(&[&long]);
    assert!(names(&reaction).contains(&"too-long"));
    assert!(!names(&reaction).contains(&"apology"));
}

#[test]
fn asking_for_what_is_on_file_costs_and_sparing_her_the_question_does_not() {
    let house = House::open();
    assert!(names(&house.last(&["What is your phone number?"])).contains(&"on-file"));
    assert!(
        !names(&house.last(&["No need to bring a ticket, I have your number here."])).contains(&"on-file")
    );
}

#[test]
fn she_leaves_when_her_goodwill_is_gone() {
    let house = House::open();
    let mut session = house.session();
    let rude = "You're wrong, calm down. It's our policy and there's nothing I can do. You should have called. \
        It's your fault.";
    let mut last = session.say(rude);
    while let Place::Encounter(_) = last.now {
        last = session.say(rude);
    }
    assert_eq!(session.feelings().goodwill, 0);
    assert!(house.scenario.file.moments.leaves.contains(&last.customer[0]), "{last:#?}");
    while let Place::Scene(scene) = session.place() {
        let of_kind = |one: &&scenario::schema::Scene| one.scene == scene;
        let played = house.scenario.file.scenes.iter().find(of_kind).expect("a scene");
        assert!(!played.if_kept);
        session.skip();
    }
    assert_eq!(session.place(), Place::Over(Outcome::Lost));
    assert!(Scorecard::of(&session).mark <= 30);
}

#[test]
fn patience_ends_every_encounter() {
    let house = House::open();
    let mut session = house.session();
    let patience = house.scenario.file.mood.patience;
    for _ in 0..patience {
        assert!(matches!(session.place(), Place::Encounter(_)));
        session.say("Well.");
    }
    assert!(!matches!(session.place(), Place::Encounter(_)));
    while !matches!(session.place(), Place::Over(_)) {
        session.say("Well.");
    }
    let turns = session.turns().len();
    session.say("Hello?");
    session.skip();
    assert_eq!(session.turns().len(), turns);
    assert_eq!((session.setting(), session.hint(0)), ("", None));
}

#[test]
fn a_deposition_is_measured_by_its_facts() {
    let house = House::open();
    let mut session = house.session();
    session.skip();
    while let Place::Scene(scene) = session.place() {
        match scene {
            SceneKind::Deposition => session.say(
                "Friday at ten past five. The rear brake was promised and not done. Fourteen bicycles, two \
                 mechanics ill. Sam took on too many. Nobody rang her. Mended it tonight.",
            ),
            _ => session.skip(),
        };
    }
    let (mark, of) = mark(&session, Item::Deposition);
    assert!(mark == of && of > 0, "{mark} of {of}");
}

#[test]
fn notes_are_few_and_finished_and_point_at_the_reply() {
    let house = House::open();
    let replies = [
        "Did you plug it in?",
        "It's our policy.",
        "I'm sorry.",
        APOLOGY,
        "What is your phone number?",
        REVIEW,
        "We'll lend you a bicycle.",
        "Your call is important to us.",
        FIX,
        "Sam was ill.",
        "",
    ];
    let mut session = house.session();
    for reply in replies {
        let reaction = session.say(reply);
        assert!(reaction.notes.len() <= 3);
        for note in &reaction.notes {
            assert!(!note.text.contains(['{', '}']), "{}", note.text);
            assert!(note.text.ends_with(['.', '?', '!', '”']), "{}", note.text);
            assert!(note.span.is_none_or(|span| reply.get(span.range()).is_some()));
        }
        let mut kinds: Vec<u8> = reaction.notes.iter().map(|note| note.kind as u8).collect();
        kinds.dedup();
        assert_eq!(kinds.len(), reaction.notes.len(), "one of each: {:#?}", reaction.notes);
    }
}

#[test]
fn a_conversation_without_a_scenario_is_marked_by_the_lexicon_alone() {
    let mut house = House::open();
    house.scenario = Scenario::blank();
    let session = house.after(&[
        "I'm so sorry that your order came broken. That must have been so annoying. This is our fault.",
        "Let me make sure I have this right: the lid was cracked. What would make this right for you?",
        "I've sent you a new one today, and I've added a free box, on the house. I'll ring you tomorrow at four.",
    ]);
    let card = Scorecard::of(&session);
    assert!(card.mark >= 85, "{card:#?}");
    assert!(card.fate.is_none() && card.steps[3].of == 0);
}

/// Replies that nobody would write, from a small generator of its own, so that they never change.
fn odd_reply(number: u64, rules: &Lexicon) -> String {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) as usize % below
    };
    let examples: Vec<&String> =
        rules.rules.iter().flat_map(|rule| rule.flags.iter().chain(&*rule.allows)).collect();
    let pieces = [
        ":",
        ":help",
        "\u{1b}[31m",
        "\u{0}",
        "😀🔥",
        "我很抱歉",
        "Es tut mir leid",
        "“",
        "’",
        "\u{feff}",
        "\u{200b}",
        "{{name}}",
        "> quoted",
        "\r\n",
        "...",
        "?!?",
        "-- ",
        "amends:allow",
        "\u{fffc}",
        "ﷺ",
        "\u{202e}abc",
    ];
    let mut reply = String::new();
    for _ in 0..=next(6) {
        match next(5) {
            0 => reply.push_str(pieces[next(pieces.len())]),
            1 => reply.extend(char::from_u32(next(0x11_0000) as u32)),
            _ => reply.push_str(examples[next(examples.len())]),
        }
        reply.push_str([" ", "\n", ""][next(3)]);
    }
    reply
}

#[test]
fn nothing_that_is_typed_breaks_a_session() {
    let house = House::open();
    let mut session = house.session();
    let (mut sessions, mut longest) = (0, 0);
    let mut replies: Vec<String> = (0..600).map(|number| odd_reply(number, &house.ground.lexicon)).collect();
    replies.extend([
        "a".repeat(1 << 20),
        "é ".repeat(1 << 19),
        "sorry. ".repeat(1 << 17),
        "\n".repeat(1 << 20),
    ]);
    for reply in &replies {
        let reaction = session.say(reply);
        assert!(reaction.after.anger <= 100 && reaction.after.goodwill <= 100);
        assert!(reaction.customer.len() <= 2 && reaction.notes.len() <= 3);
        let spans = reaction.heard.iter().map(|hit| hit.span);
        let spans = spans.chain(reaction.entries.iter().filter_map(|entry| entry.span));
        for span in spans.chain(reaction.notes.iter().filter_map(|note| note.span)) {
            assert!(reply.get(span.range()).is_some(), "{span:?} in {reply:?}");
        }
        longest = longest.max(session.turns().len());
        if let Place::Over(_) = session.place() {
            let card = Scorecard::of(&session);
            assert!(card.mark <= 100 && card.process <= 100 && card.wording.mark <= 100);
            assert!(card.steps.iter().all(|step| step.mark <= step.of));
            sessions += 1;
            session = Session::new(&house.stage(), sessions);
        }
    }
    assert!(sessions > 20 && longest <= 12 + 4, "{sessions} sessions, the longest {longest}");
}
