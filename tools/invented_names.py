"""Invent the children and families of a primary school; nobody in it is real."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random


def words(text: str) -> tuple[str, ...]:
    """The words of a text; an underscore stands for a blank inside one."""
    return tuple(word.replace("_", " ") for word in text.split())


FORENAMES = words(
    """
    Aaliyah Abigail Adaeze Adam Agnieszka Ahmed Aisha Albie Alexander Alice Amara Amelia Amina Anaïs Anjali Antoni
    Arjun Arthur Arun Ayaan Ayşe Beatrice Benjamin Björn Bronwyn Callum Carys Chidera Chloë Clara Connor Daisy
    Daniel Darcey Dexter Dilan Ebony Edward Ekam Elif Eliza Elizabeth Emeka Emre Ephraim Esmé Evan Ewa Farah Fatima
    Felix Ffion Finlay Florence Freya Gabriel George Gethin Gracie Gurleen Habiba Hana Haroon Harriet Hassan Hugo
    Ibrahim Idris Imogen Ines Iqra Isabella Isla Ivan Jacob Jasleen Jaya Jesús Joseph Josephine Kai Kamran Katarzyna
    Keira Kofi Kwame Laila Lena Leo Lewis Lily-Mae Łukasz Mabel Magnus Małgorzata Manraj Marcel Mateusz Matilda
    Maximilian Milo Mina Nathaniel Nia Niamh Noah Oisín Olivia Oluwaseun Omar Orla Oskar Parveen Poppy Priya Ravi
    René Reuben Ruby Rohan Saoirse Samuel Seren Siân Simran Sofia Stanley Tariq Temitope Theodore Tomos Tuấn Viktor
    Wilfred Willow Yasmin Yusuf Zachary Zain Zoë Zuzanna
    """
)
PREFERRED = {
    "Alexander": "Alex",
    "Benjamin": "Ben",
    "Elizabeth": "Beth",
    "Isabella": "Bella",
    "Katarzyna": "Kasia",
    "Nathaniel": "Nate",
    "Oluwaseun": "Seun",
    "Samuel": "Sam",
    "Theodore": "Teddy",
}
SURNAMES = words(
    """
    Abara Elmi Achebe-Ross Adekunle Ahmadi Akhtar Aldridge Alderton Amoah Ansah Aslam Atkinson Bagley Bajwa
    Bannister Begum Bennet-Cole Bhatti Birtwistle Blyth Bogdan Bramley Brzęczek Cadwallader Chaudhry Chowdhury
    Cieślak Cleasby Corrigan D'Arcy D'Souza Danso Davies-Pugh de_Souza Dhillon Docherty Đorđević Eccles Egbuna Eaves
    Fairclough Farouk Fernandes Fitzgerald Gajda Gallagher-Wood Garside Ghosh Gill Goswami Grabiec Gwynne Haddad
    Hallsworth Haworth Hegarty Hoang Hughes Hussain Ibe Iqbal Jabłonka Jarvis-Lane Jennings Joyner Kadir Kamara
    Kalsi Kelleher Kerrigan Khatun Kowalczyk Lacey Lal Lindqvist Llewellyn Mahmood Manku Marlow Mbeki-Shaw
    McAllister McGilvray Mehta Mensah Miah Mistry Moorcroft Müller Naylor Nguyễn Novák Núñez O'Dowda O'Neill O'Rourke
    Odukoya Okafor Oldroyd Osei Özdemir Palmer-Reid Parmar Pemberton Popescu Qureshi Rahman Ramsbottom Rhydderch
    Ribeiro Sandhu Sesay Sharma Shah Smith-Jones St_John Stokoe Szczepaniak Tattersall Thapa Thorne Tranter Uddin
    Ullah van_der_Berg Varghese Wadsworth Whitlock Wójcik Yeboah Yilmaz Zaman Zając
    """
)
WOMEN = words(
    """
    Adwoa Alison Beata Bethan Carla Caitríona Danuta Deborah Elaine Fiona Fozia Funmi Geeta Gillian Hayley Ingrid
    Jacqueline Joanne Karen Kirsty Lorraine Magda Manjit Meera Nasreen Nicola Ngozi Pauline Rachel Rukhsana Sandra
    Shabnam Sinéad Stacey Sunita Tanya Teresa Uzma Vanessa Yvonne
    """
)
MEN = words(
    """
    Abdul Adrian Babajide Bhavesh Bogusław Ciarán Craig Darren Dewi Emlyn Gareth Hamid Harjit Hitesh Ian Imran
    Jerome Julian Kasim Keith Kwabena Leszek Malcolm Mehmet Naveed Neil Obinna Pawel Pádraig Roger Shaun Stuart
    Sukhdev Tomasz Trevor Vincent Waqas Wayne
    """
)

FAMILIES = (  # children with a part have one of the first five
    ("Mother", "Father", "Grandmother"),
    ("Mother", "Father", "Aunt"),
    ("Mother", "Father"),
    ("Mother", "Father"),
    ("Mother", "Stepfather", "Childminder"),
    ("Father", "Mother", "Grandfather"),
    ("Father", "Grandmother", "Family friend"),
    ("Mother", "Mother", "Uncle"),
    ("Mother", "Neighbour"),
    ("Grandmother", "Grandfather"),
    ("Mother",),
)
FOSTER_FAMILY = ("Foster carer", "Foster carer")
RESPONSIBLE = ("Mother", "Father")
HELD_BY_MEN = ("Father", "Stepfather", "Grandfather", "Uncle")
OFTEN_AT_HOME = ("Grandmother", "Grandfather", "Childminder", "Neighbour")

SIBLING_GROUPS = (2,) * 28 + (3,) * 4
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
NO_MARKS_APART = str.maketrans("ŁłĐđı", "LlDdi")


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One adult on a family's list; the telephone is kept as eleven digits."""

    forename: str
    surname: str
    phone: str
    email: str
    relationship: str
    responsible: str

    @property
    def name(self) -> str:
        """The full name, forename first."""
        return f"{self.forename} {self.surname}"


@dataclass(frozen=True)
class Seat:
    """A place in a form, kept for a child with a part to play; no key: any child."""

    key: str
    form: str
    forename: str = ""
    surname: str = ""
    family: str = ""
    foster: bool = False


@dataclass(frozen=True, kw_only=True)
class Child:
    """A child with a family, before the school has given any numbers."""

    seat: Seat
    forename: str
    surname: str
    born: date
    contacts: tuple[Contact, ...]

    @property
    def known_as(self) -> str:
        """The surname the child uses, where it is the stepfather's."""
        step = [one.surname for one in self.contacts if one.relationship == "Stepfather"]
        return step[0] if step and self.born.day % 2 else ""


@dataclass(frozen=True, kw_only=True)
class Pupil:
    """A child as the school's information system knows it."""

    child: Child
    student_id: str
    admission: str
    upn: str
    preferred: str

    @property
    def full_name(self) -> str:
        """The legal name, forename first."""
        return f"{self.child.forename} {self.child.surname}"


def plain(text: str) -> str:
    """The same letters in small ASCII, as e-mail addresses and sorting want them."""
    apart = unicodedata.normalize("NFKD", text.translate(NO_MARKS_APART))
    return "".join(c for c in apart.lower() if c.isascii() and c.isalpha())


def typed(rng: Random, number: str) -> str:
    """A telephone number as somebody at a desk typed it."""
    style = rng.random()
    if style < 0.1 and number.startswith("07"):
        return f"+44 {number[1:5]} {number[5:]}"
    return number if style < 0.35 else f"{number[:5]} {number[5:]}"


def upn(cohort: int, serial: int) -> str:
    """A pupil number of local authority 999, which no child has, with its letter."""
    digits = f"9992417{cohort:02d}{serial:03d}"
    total = sum(int(digit) * weight for weight, digit in enumerate(digits, start=2))
    return CHECK_LETTERS[total % len(CHECK_LETTERS)] + digits


def year_number(form: str) -> int:
    """How many years after Reception a form is: RA gives 0, 6A gives 6."""
    return 0 if form.startswith("R") else int(form[0])


class Registrar:
    """Hands out names and numbers that nobody else at the school has."""

    def __init__(self, rng: Random, kept: Sequence[Seat]) -> None:
        """Start with every number free, but not the names of the seats kept."""
        self.rng = rng
        self.taken = {(seat.forename, seat.surname) for seat in kept}
        free = [name for name in SURNAMES if name not in {seat.surname for seat in kept}]
        self.surnames = cycle(rng.sample(free, len(free)))
        self.mobiles = self._numbers("07700900")
        self.landlines = self._numbers("01632960")

    def _numbers(self, start: str) -> Iterator[str]:
        """The thousand numbers with this start, in no order."""
        return (f"{start}{end:03d}" for end in self.rng.sample(range(1000), 1000))

    def forename(self, choices: Sequence[str], surname: str) -> str:
        """A forename that nobody of this surname has yet."""
        free = [name for name in choices if (name, surname) not in self.taken]
        chosen = self.rng.choice(free)
        self.taken.add((chosen, surname))
        return chosen

    def contact(self, relationship: str, family_name: str) -> Contact:
        """An adult of the family, with one telephone."""
        same = relationship in RESPONSIBLE and self.rng.random() < 0.75
        surname = family_name if same else self.rng.choice(SURNAMES)
        forename = self.forename(self._adults(relationship), surname)
        at_home = relationship in OFTEN_AT_HOME and self.rng.random() < 0.6
        address = f"{plain(forename)}.{plain(surname)}@example.org"
        return Contact(
            forename=forename,
            surname=surname,
            phone=next(self.landlines if at_home else self.mobiles),
            email=address if relationship == "Mother" or (not at_home and self.rng.random() < 0.7) else "",
            relationship=relationship,
            responsible="Yes" if relationship in RESPONSIBLE else "No",
        )

    def _adults(self, relationship: str) -> tuple[str, ...]:
        """The forenames that suit a relationship."""
        if relationship in ("Foster carer", "Family friend", "Neighbour"):
            return WOMEN + MEN
        return MEN if relationship in HELD_BY_MEN else WOMEN

    def family(self, seats: Sequence[Seat]) -> list[Child]:
        """The children of one home: one surname, one list of contacts."""
        first = seats[0]
        surname = first.surname or next(self.surnames)
        people = FOSTER_FAMILY if first.foster else self.rng.choice(FAMILIES[:5] if first.key else FAMILIES)
        contacts = tuple(self.contact(person, surname) for person in people)
        birthday = self.rng.randrange(20, 345)
        return [
            Child(
                seat=seat,
                forename=seat.forename or self.forename(FORENAMES, surname),
                surname=surname,
                born=self.birth(seat.form, birthday),
                contacts=contacts,
            )
            for seat in seats
        ]

    def birth(self, form: str, birthday: int) -> date:
        """A date of birth; brothers and sisters are born about whole years apart."""
        start = date(2021 - year_number(form), 9, 1)
        return start + timedelta(days=birthday + self.rng.randrange(-20, 20))


def households(rng: Random, forms: Mapping[str, int], seats: Sequence[Seat]) -> list[list[Seat]]:
    """Every seat of the school, put together in homes."""
    cast: dict[str, list[Seat]] = {}
    for seat in seats:
        cast.setdefault(seat.family or seat.key, []).append(seat)
    kept = [seat.form for seat in seats]
    free = {form: size - kept.count(form) for form, size in forms.items()}
    homes = list(cast.values()) + sibling_groups(rng, free)
    return homes + [[Seat("", form)] for form, left in free.items() for _ in range(left)]


def sibling_groups(rng: Random, free: dict[str, int]) -> list[list[Seat]]:
    """Homes with two or three children in different forms; takes their seats."""
    groups = []
    for size in SIBLING_GROUPS:
        chosen = rng.sample([form for form, left in free.items() if left], size)
        for form in chosen:
            free[form] -= 1
        groups.append([Seat("", form) for form in chosen])
    return groups


def enrol(rng: Random, children: Sequence[Child]) -> list[Pupil]:
    """Give the numbers, oldest year first, as a school that filled up from below."""
    pupils: list[Pupil] = []
    student, admission, serials = 4100, 2870, [0] * 7
    for child in sorted(children, key=lambda one: -year_number(one.seat.form)):
        year = year_number(child.seat.form)
        student += rng.randrange(1, 60)
        admission += rng.randrange(1, 4)
        serials[year] += 1
        pupils.append(
            Pupil(
                child=child,
                student_id=str(student),
                admission=f"{admission:06d}",
                upn=upn(26 - year, serials[year]),
                preferred=PREFERRED.get(child.forename, ""),
            )
        )
    return pupils


def invent_pupils(rng: Random, forms: Mapping[str, int], seats: Sequence[Seat]) -> list[Pupil]:
    """A whole school, sorted as its information system lists it."""
    registrar = Registrar(rng, seats)
    homes = households(rng, forms, seats)
    rng.shuffle(homes)
    children = [child for home in homes for child in registrar.family(home)]
    pupils = enrol(rng, children)
    return sorted(pupils, key=lambda p: (plain(p.child.surname), plain(p.full_name)))
