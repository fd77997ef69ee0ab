"""Makes the casebook of Lumen House and its traffic, always the same ones: python3 make.py

Nothing in them happened. The failures come as the customers do, by weekday, hour and branch, and everything else
is drawn by lot, but for three patterns that are written in on purpose: PATTERNS below. answers.md tells them.
"""

import csv
import datetime
import random

RANDOM = random.Random(39)
FIRST, LAST = datetime.date(2025, 3, 3), datetime.date(2025, 8, 30)
RECORDS, PATTERNS = 400, (24, 34, 26)

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
OF_WEEKDAY = [0.9, 0.8, 0.9, 1.0, 1.2, 1.9]
HOURS = list(range(9, 19))
OF_HOUR = [0.7, 1.0, 1.3, 1.4, 1.0, 0.9, 1.0, 1.1, 0.9, 0.7]
BRANCHES = {"Harbor Row": 1.0, "Mill Street": 0.8, "Northgate": 0.65}
PRODUCTS = {
    "Orbis 65": ("Orbis", 1.6), "Orbis 43": ("Orbis", 1.1), "Halden Duo": ("Halden", 1.0), "Halden Mono": ("Halden", 0.9),
    "Quillon Four": ("Quillon", 1.1), "Airline 15": ("Corvin", 1.0), "Tessel kettle": ("Tessel", 0.8),
    "Tessel toaster": ("Tessel", 0.6), "Tessel fan": ("Tessel", 0.5), "Brisk vacuum": ("Brisk", 0.9),
}
CLERKS = {"Nadia": 3.6, "Tomas": 1.4, "Priya": 1.4, "Bo": 1.2, "Ines": 1.0, "Wen": 0.8}
FAILURES = {
    "does not start": 1.3, "stops while running": 1.0, "damaged in the box": 1.0, "part missing": 0.9, "wrong item": 0.7,
    "waited too long": 1.2, "promised, not ready": 0.9, "wrong price": 0.7,
}

STORIES = {
    "does not start": ["dead out of the box", "no light, no sound, nothing", "tried three sockets at home, nothing",
                       "worked in the shop, dead at home", "would not switch on for the grandchildren", "not a flicker since the first evening"],
    "stops while running": ["runs for a while and then goes off", "goes off by itself, comes back after an hour",
                            "stopped in the middle, twice now", "switches itself off when it gets going", "cut out during breakfast"],
    "damaged in the box": ["corner dented, seal unbroken", "scratch across the front when opened", "cracked already when it was unpacked",
                           "box looked fine, inside it did not", "a piece had come off and lay at the bottom"],
    "part missing": ["no lead in it", "the booklet and the screws were not there", "remote missing", "the small tray is not in the box",
                     "one foot too few, so it wobbles"],
    "wrong item": ["asked for black and got white", "the smaller one was in the bag", "label and content do not agree",
                   "took home what another customer had paid for"],
    "waited too long": ["stood for half an hour with a child on the arm", "nobody came to the desk for ages", "left the line once and came back",
                        "missed the bus because of us", "waited, then was sent to another desk to wait"],
    "promised, not ready": ["was told Tuesday, it was not there", "we rang that it was in, and it was not", "repair promised for today, not begun",
                            "came for nothing, second time"],
    "wrong price": ["shelf says one thing, till another", "the offer had ended, the sign had not", "charged for a cable never taken"],
}
LOST = ["birthday tomorrow", "guests tonight", "came by bus from out of town", "took the afternoon off for it", "husband had said do not buy it there",
        "has to hand in work on Monday", "a present, and now no present", "the old one is already given away", "forty minutes in the car", "",
        "", "", "very polite about it, which made it worse", "laughed, thank heaven", "mother is eighty-one and had looked forward to it"]
DONE = ["changed it and tested it first", "gave the money back", "new one brought to the door", "said sorry, coffee, new one", "ordered another, rang next day",
        "gave a voucher, was not what she wanted", "", "exchanged", "apologised and did it at once", "wrote a card afterwards"]
OF_PATTERN = [
    ["lid cracked, the box had been at the bottom of the pallet", "glass jug broken, pallet came in this morning", "pallet dented on one side, this was from it",
     "jug in pieces, straight from the pallet", "whole pallet leaned, box was crushed"],
    ["one till open, line to the door", "only one till open, the others were at the goods lift", "goods lift stuck again, nobody at the till",
     "line down the stairs, lift under repair", "second till closed, they were carrying things up by hand because of the lift"],
    ["plug gets hot and it goes off", "smell of warm plastic at the plug, then nothing", "lead wobbles in the plug, goes off", "goes off when one touches the plug",
     "plug loose, works if one holds it"],
]


def draw(weights):
    return RANDOM.choices(list(weights), weights=list(weights.values()))[0]


def day(weekday=None, since=FIRST):
    days = [since + datetime.timedelta(n) for n in range((LAST - since).days + 1)]
    days = [d for d in days if d.weekday() < 6 and weekday in (None, d.weekday())]
    return RANDOM.choices(days, weights=[OF_WEEKDAY[d.weekday()] for d in days])[0]


def record():
    product = draw({name: weight for name, (_, weight) in PRODUCTS.items()})
    hour, date = RANDOM.choices(HOURS, weights=OF_HOUR)[0], day()
    crowd = OF_WEEKDAY[date.weekday()] * OF_HOUR[HOURS.index(hour)]
    return {
        "date": date, "hour": hour, "branch": draw(BRANCHES), "product": product, "clerk": draw(CLERKS),
        "queue": max(0, round(RANDOM.gauss(2.6 * crowd, 1.3))), "failure": draw(FAILURES), "story": None,
    }


def records():
    all_records = [record() for _ in range(RECORDS - sum(PATTERNS))]
    for number, count in enumerate(PATTERNS):
        for _ in range(count):
            one = record()
            if number == 0:
                one.update(product="Halden Duo", date=day(weekday=3))
                if RANDOM.random() < 0.8:
                    one.update(failure="damaged in the box", story=RANDOM.choice(OF_PATTERN[0]))
            elif number == 1:
                one.update(branch="Northgate", hour=RANDOM.choice([17, 18]), queue=RANDOM.randint(6, 11))
                if RANDOM.random() < 0.7:
                    one.update(failure="waited too long", story=RANDOM.choice(OF_PATTERN[1]))
            else:
                one.update(product=draw({"Tessel kettle": 1, "Tessel toaster": 1, "Tessel fan": 1}), date=day(since=datetime.date(2025, 7, 7)))
                one.update(failure="stops while running", story=RANDOM.choice(OF_PATTERN[2]))
            all_records.append(one)
    return sorted(all_records, key=lambda one: (one["date"], one["hour"], RANDOM.random()))


def notes(one):
    story = one["story"] or RANDOM.choice(STORIES[one["failure"]])
    parts = [part for part in (story, RANDOM.choice(LOST), RANDOM.choice(DONE)) if part]
    if one["clerk"] == "Tomas":
        return ". ".join(part[0].upper() + part[1:] for part in parts) + "."
    if one["clerk"] == "Bo":
        return " / ".join(parts).replace("and", "&").replace("because", "bc")
    if one["clerk"] == "Priya":
        return "Customer says: \"" + parts[0] + "\". " + "; ".join(parts[1:])
    if one["clerk"] == "Ines":
        return ", and ".join(parts).capitalize() + "!"
    return ", ".join(parts[:2] if RANDOM.random() < 0.5 else parts)


def slip(text):
    """A spelling as it happens at the end of a shift."""
    at = RANDOM.randrange(1, len(text) - 1)
    return RANDOM.choice([text.lower(), text.upper(), text[:at] + text[at + 1] + text[at] + text[at + 2:], text.replace(" ", "-"), text + " "])


def date_cell(one):
    date = one["date"]
    if one["clerk"] == "Ines":
        return f"{date.day} {date:%B} {date.year}"
    if one["clerk"] == "Bo":
        return f"{date.day}.{date.month}.{date.year}"
    return date.isoformat()


def time_cell(one):
    minute = RANDOM.randrange(60)
    if one["clerk"] == "Tomas":
        return f"{(one['hour'] - 1) % 12 + 1}:{minute:02} {'pm' if one['hour'] >= 12 else 'am'}"
    return f"{one['hour']:02}:{minute:02}"


def blank(text, share):
    return RANDOM.choice(["", "", "?", "-"]) if RANDOM.random() < share else text


def write_casebook():
    with open("lumen-house.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["No", "Date", "Time", "Branch", "Product", "Supplier", "Clerk", "Queue", "What went wrong", "Notes"])
        for number, one in enumerate(records(), 1):
            branch = slip(one["branch"]) if RANDOM.random() < 0.04 else one["branch"]
            product = slip(one["product"]) if RANDOM.random() < 0.04 else one["product"]
            out.writerow([
                number, blank(date_cell(one), 0.02), blank(time_cell(one), 0.05), blank(branch, 0.02), blank(product, 0.02),
                blank(PRODUCTS[one["product"]][0], 0.04), blank(one["clerk"], 0.04), blank(one["queue"], 0.07), blank(one["failure"], 0.03),
                blank(notes(one), 0.05),
            ])


def write_traffic():
    with open("lumen-house-traffic.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["Weekday", "Hour", "Branch", "Customers"])
        for weekday, of_weekday in zip(WEEKDAYS, OF_WEEKDAY):
            for hour, of_hour in zip(HOURS, OF_HOUR):
                for branch, of_branch in BRANCHES.items():
                    mean = 26 * 26 * of_weekday * of_hour * of_branch
                    out.writerow([weekday, f"{hour}:00", branch, round(RANDOM.gauss(mean, mean ** 0.5))])


write_casebook()
write_traffic()
