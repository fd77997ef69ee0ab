//! `amends play --class`, as everybody of a class uses it.

use std::fs;

use insta::assert_snapshot;

use crate::support::{BAD, GOOD, Trainer, is_above_permissions};

#[test]
fn what_is_due_next_is_begun_and_gone_on_with() {
    let trainer = Trainer::with_class();
    let first = trainer.play("Ann Lee", &[], GOOD.lines().next().unwrap());
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(
        first.out.starts_with("Autumn intake, for Ann Lee. It is due by Tuesday, 24 November.\n"),
        "{}",
        first.out
    );
    assert!(
        first.err.ends_with("Go on with: amends play --class autumn --name \"Ann Lee\"\n"),
        "{}",
        first.err
    );
    let rest: String = GOOD.lines().skip(1).flat_map(|line| [line, "\n"]).collect();
    let second = trainer.play("ann  lee", &[], &rest);
    assert!(second.out.contains("You go on after your first reply."), "{}", second.out);
    assert!(second.out.contains("It is over."), "{}", second.out);
    assert_eq!(trainer.sessions().len(), 1);
    let exam = trainer.play("Ann Lee", &[], GOOD);
    assert!(exam.out.contains("exam"), "{}", exam.out);
    assert_eq!(trainer.sessions().len(), 2);
    assert_snapshot!(trainer.play("Ann Lee", &[], "").out);
    let named = trainer.play("Ann Lee", &["broken-tv"], ":quit\n");
    assert!(named.out.contains("it is practice"), "{}", named.out);
    let class = trainer.class();
    let played: Vec<_> =
        class.attempts.iter().map(|own| (own.assignment, own.number, own.is_finished())).collect();
    assert!(played.contains(&(Some(0), 1, true)) && played.contains(&(None, 1, false)), "{played:?}");
    assert_eq!(trainer.troubles(), "");
}

#[test]
fn a_session_can_be_begun_anew() {
    let trainer = Trainer::with_class();
    trainer.play("Ann Lee", &[], BAD);
    trainer.play("Ann Lee", &["--again"], BAD);
    trainer.play("Ben Okafor", &[], BAD);
    assert_eq!(trainer.sessions().len(), 3);
}

#[test]
fn who_plays_must_be_on_the_roster() {
    let trainer = Trainer::with_class();
    let said = |name: &str| {
        let run = trainer.play(name, &[], "");
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{name}");
        run.err
    };
    assert_snapshot!(said("Ann Le"), @r#"amends: Ann Le is not on the roster: did you mean --name "Ann Lee"?"#);
    assert_snapshot!(said("ben"), @r#"amends: ben is not on the roster: did you mean --name "Ben Okafor"?"#);
    assert_snapshot!(said("Zoe\u{1b}[2J"), @r"amends: Zoe\u{1b}[2J is not on the roster: ask your trainer to add you. On the roster: Ann Lee and Ben Okafor.");
    assert_snapshot!(said(" "), @"amends: say who you are: --name NAME. On the roster: Ann Lee and Ben Okafor.");
    assert_snapshot!(trainer.play("Ann Lee", &["broken-tw"], "").err, @"amends: there is no scenario broken-tw: did you mean `broken-tv`?");
    assert_snapshot!(trainer.run(&["play", "--class", "nowhere", "--name", "Ann"], "").err, @"
    amends: this class cannot be played:
      nowhere/class.yaml: there is no such file, so this is no class: name its folder, or make one with `amends class init nowhere`
    ");
    assert_eq!(trainer.play("Ann Lee", &["--mode", "coach"], "").code, Some(2), "the class says which mode");
    assert!(trainer.sessions().is_empty(), "nothing was begun");
}

#[test]
fn two_of_one_name_are_told_apart_by_their_ids() {
    let trainer = Trainer::with_class();
    trainer.write("autumn/roster.csv", "name,id,group\nAnn Lee,a1,Early\nAnn Lee,a 2,Late\n");
    let run = trainer.play("Ann Lee", &[], "");
    assert_snapshot!(run.err, @r#"amends: 2 people of the class are called Ann Lee: say which you are, --name a1 (Early) or --name "a 2" (Late)"#);
    assert_eq!(trainer.play("a 2", &[], BAD).code, Some(0));
    assert_eq!(trainer.play("A1", &[], BAD).code, Some(0));
    let class = trainer.class();
    let mut people: Vec<usize> = class.attempts.iter().map(|own| own.person).collect();
    people.sort_unstable();
    assert_eq!(people, [0, 1]);
}

#[test]
fn the_lexicon_the_coaching_and_the_scenarios_of_the_class_are_used() {
    let trainer = Trainer::with_class();
    fs::create_dir(trainer.path().join("autumn/lexicon")).unwrap();
    trainer.write("autumn/lexicon/shop.yaml", "family: shop\nkind: fault\nseverity: error\nwhy: Nobody outside knows these words.\nrules:\n  - id: shop-talk\n    phrases: [shop floor matter]\n    say: [I will see to it.]\n    why: Nobody outside knows these words.\n    source: our own ear\n    flags: [This is a shop floor matter.]\n    allows: [I will see to it.]\n");
    let run = trainer.play("Ann Lee", &[], "This is a shop floor matter.\n:why\n");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("shop-talk"), "{}", run.out);
    assert_eq!(trainer.troubles(), "");
    fs::remove_dir_all(trainer.path().join("autumn/lexicon")).unwrap();
    assert!(trainer.troubles().contains("played with another lexicon"), "{}", trainer.troubles());
}

#[test]
fn many_play_at_once() {
    let trainer = Trainer::with_class();
    let names: String = (0..8).map(|number| format!("Trainee {number}\n")).collect();
    trainer.write("autumn/roster.csv", &format!("name\n{names}"));
    std::thread::scope(|scope| {
        for number in 0..8 {
            let trainer = &trainer;
            scope.spawn(move || {
                let run = trainer.play(&format!("Trainee {number}"), &[], GOOD);
                assert_eq!(run.code, Some(0), "{}", run.err);
            });
        }
    });
    let class = trainer.class();
    assert_eq!(trainer.troubles(), "");
    let mut people: Vec<usize> = class.attempts.iter().map(|own| own.person).collect();
    people.sort_unstable();
    assert_eq!(people, [0, 1, 2, 3, 4, 5, 6, 7]);
    let marks: Vec<u8> = class.attempts.iter().map(|own| own.card.mark).collect();
    assert!(marks.iter().all(|mark| *mark == marks[0] && *mark > 60), "{marks:?}");
}

#[test]
fn a_folder_that_cannot_be_written_is_told_before_anything_is_said() {
    let trainer = Trainer::with_class();
    trainer.write("autumn/sessions", "a file in place of the folder");
    let run = trainer.play("Ann Lee", &[], BAD);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert_snapshot!(run.err);
    fs::remove_file(trainer.path().join("autumn/sessions")).unwrap();
    if is_above_permissions(trainer.path()) {
        eprintln!("skipped: whoever runs this test may write into any folder");
        return;
    }
    use std::os::unix::fs::PermissionsExt as _;
    let folder = trainer.path().join("autumn/sessions");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let run = trainer.play("Ann Lee", &[], BAD);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(
        run.err.contains("cannot record here: you may not read or write it; tell your trainer"),
        "{}",
        run.err
    );
}

/// A limit on the size of files is as good as a full disk, and needs no disk.
#[test]
fn a_full_disk_is_told_and_what_was_said_can_be_kept_elsewhere() {
    let trainer = Trainer::with_class();
    let play = trainer.amends(&["play", "--class", "autumn", "--name", "Ann Lee"]);
    let program = play.get_program().to_str().unwrap().to_owned();
    let mut shell = std::process::Command::new("bash");
    // Files may have 16 kB: the scenario fits, and a few replies. The signal would end the program.
    let command = format!("trap '' XFSZ; ulimit -f 24; exec {program} play --class autumn --name 'Ann Lee'");
    shell.args(["-c", &command]).current_dir(trainer.path()).env("HOME", trainer.path());
    shell.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    shell.stderr(std::process::Stdio::piped());
    let mut child = shell.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let said = format!("{}\n", "I am so sorry that nobody rang you. ".repeat(200)).repeat(4);
    let typing = std::thread::spawn(move || {
        use std::io::Write as _;
        drop(input.write_all(said.as_bytes()));
    });
    let run: crate::support::Run = child.wait_with_output().unwrap().into();
    typing.join().unwrap();
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("can no longer be saved"), "{}", run.out);
    assert!(run.err.contains("This session is not saved."), "{}", run.err);
    let class = trainer.class();
    assert_eq!(class.attempts.len(), 1, "what was saved before is read");
}
