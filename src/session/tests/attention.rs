//! What is heard although no rule of the lexicon knows the words, and what cannot wait.

use super::*;

fn steps_of(session: &Session<'_>) -> Place {
    session.place()
}

#[test]
fn what_is_told_plainly_is_an_offer() {
    let house = House::open();
    for reply in [
        "Then I bring it to your door tonight.",
        "I'm bringing it to your home this evening, so you don't have to come.",
    ] {
        let session = house.after(&[APOLOGY, REVIEW, reply]);
        assert_eq!(mark(&session, Item::Remedy), (12, 12), "{reply}");
    }
}

#[test]
fn what_is_only_supposed_or_denied_is_no_offer() {
    let house = House::open();
    for reply in [
        "I know that you want us to bring it to your door tonight.",
        "I don't bring it to your door tonight.",
        "I wish we'd brought it home tonight.",
        "We used to bring them home tonight?",
    ] {
        let session = house.after(&[APOLOGY, REVIEW, reply]);
        assert_eq!(mark(&session, Item::Remedy).0, 0, "{reply}");
    }
}

#[test]
fn a_harm_and_a_word_of_feeling_are_empathy() {
    let house = House::open();
    let reaction = house.last(&["Across town on two buses, what a rotten afternoon."]);
    assert!(names(&reaction).contains(&"named-harm"), "{reaction:#?}");
    let reaction = house.last(&["You came across town on two buses."]);
    assert!(!names(&reaction).contains(&"named-harm"), "{reaction:#?}");
}

#[test]
fn what_cannot_wait_is_never_too_soon_and_skips_nothing() {
    let house = House::with(|file| file.remedies[0].at_once = true);
    let offer = "I'll bring it to your door tonight.";
    let reaction = house.last(&[offer]);
    assert!(!names(&reaction).contains(&"too-soon"), "{reaction:#?}");
    assert_eq!(reaction.now, Place::Encounter(Step::Apologize));
    let session = house.after(&[offer, APOLOGY]);
    assert_eq!(steps_of(&session), Place::Encounter(Step::Review));
    let session = house.after(&[offer, APOLOGY, REVIEW, "I'll ring you at eight to hear how it rides."]);
    assert_eq!(mark(&session, Item::Remedy), (12, 12));
    assert!(session.state().progress.remedy.is_some());
}

#[test]
fn who_is_no_longer_angry_does_not_wait_for_the_word_sorry() {
    let house = House::with(|file| file.mood.anger = 40);
    let seen = "That must be so frustrating, with your ride in doubt. This one is our mistake, I'll see to it myself.";
    let session = house.after(&[seen]);
    assert_eq!(steps_of(&session), Place::Encounter(Step::Review), "{:?}", session.feelings());
    assert_eq!(mark(&session, Item::Apology).0, 0);
}

#[test]
fn what_stands_on_file_is_personal_where_it_is_used() {
    let house = House::with(|file| file.topics[1].known = true);
    let reaction = house.last(&["Sam wrote it on the card."]);
    assert!(names(&reaction).contains(&"personal"), "{reaction:#?}");
    let reaction = House::open().last(&["Sam wrote it on the card."]);
    assert!(!names(&reaction).contains(&"personal"), "{reaction:#?}");
}

#[test]
fn a_check_that_asks_for_a_wish_asks_for_needs() {
    let house = House::with(|file| file.checks[0].wish = true);
    let reaction = house.last(&[APOLOGY, "By what time?"]);
    assert!(names(&reaction).contains(&"ask-needs"), "{reaction:#?}");
}

#[test]
fn a_check_that_was_answered_is_not_answered_again_unless_it_is_asked() {
    let house = House::open();
    let asks = "What time do you need it?";
    let again = "I know what time you need it tomorrow, and I'll see to it.";
    let answers = house.scenario.file.checks[0].answers.clone();
    let is_answer = |reaction: &Reaction| {
        answers.iter().any(|answer| reaction.customer.join(" ").contains(answer.as_str()))
    };
    assert!(is_answer(&house.last(&[APOLOGY, asks])));
    assert!(!is_answer(&house.last(&[APOLOGY, asks, again])));
}

#[test]
fn nothing_comes_late_within_one_letter() {
    let house = House::with(|file| file.channel = Channel::Email);
    let letter = format!("{APOLOGY} I'll have the brake done tonight. What time do you need it tomorrow?");
    let spoken = House::open();
    let late =
        spoken.after(&[APOLOGY, "I'll have the brake done tonight.", "What time do you need it tomorrow?"]);
    assert!(mark(&house.after(&[&letter]), Item::Checks) > mark(&late, Item::Checks));
}

#[test]
fn a_letter_that_takes_up_what_it_answers_says_it_back() {
    let letter = format!(
        "{APOLOGY} It was promised for Friday at five, with the brake done, and fourteen bicycles stood before it."
    );
    let written = House::with(|file| file.channel = Channel::Email);
    assert_eq!(mark(&written.after(&[&letter]), Item::Restate).0, 8);
    assert_eq!(mark(&House::open().after(&[&letter]), Item::Restate).0, 0);
}

#[test]
fn where_nothing_was_said_of_it_an_apology_makes_it_big() {
    let house = House::with(|file| file.apology = ApologyNeed::Unneeded);
    let session =
        house.after(&["I'm so sorry about your ride.", "I'm terribly sorry.", "I'm so very sorry."]);
    let card = Scorecard::of(&session);
    assert!(card.steps[0].items.iter().all(|item| item.item != Item::Responsibility), "{:#?}", card.steps[0]);
    assert!(card.steps[0].mark < 10, "{:#?}", card.steps[0]);
}

#[test]
fn nobody_is_told_to_take_a_blame_that_is_not_theirs() {
    let practise = |at_fault| {
        let house = House::with(|file| {
            file.at_fault = at_fault;
            file.apology = ApologyNeed::Sympathy;
        });
        Scorecard::of(&house.after(&["Good morning."])).practise
    };
    assert!(practise(AtFault::Yes).contains("This is ours"));
    assert!(!practise(AtFault::No).contains("This is ours"));
}

#[test]
fn the_coach_calls_no_telephone_call_a_document() {
    let texts = &House::open().ground.coaching.notes.scene_good;
    let spoken = texts.of(SceneKind::CheckBack as usize);
    assert!(!spoken.is_empty() && spoken.iter().all(|text| !text.contains("reads")));
}
