"""The people of a made-up county office, each with the duties of his work."""

from __future__ import annotations

from datetime import date

from taizhang import people
from taizhang.core import DutyRole, Scope

TODAY = date(2023, 1, 3)
HUNAN, YONGZHOU, DONGAN, TOWN, OTHER_TOWN = "43/", "43/4311/", "43/4311/431122/", "43/4311/431122/431122100/", "43/4311/431122/431122101/"
BLUE_HILL = "43/4311/431127/"


class Office:
    """A manager, an officer, two clerks and an auditor of one county; `keys` by name."""

    def __init__(self, using: str) -> None:
        self.using = using
        self.house = Scope.of_the_house("the office of the tests", on=TODAY)
        self.department = people.add_department(self.house, name="东安县自然资源局", place=DONGAN, using=using)
        self.keys: dict[str, str] = {}
        self.manager, self.officer, self.clerk, self.other, self.auditor = map(self.add, ("周管理", "李科长", "王办事", "陈办事", "郑审计"))
        self.give(self.manager, "manage", DONGAN, "*")
        self.review = self.give(self.officer, "review_county", DONGAN, "mines")
        self.reveal = self.give(self.officer, "reveal", DONGAN, "mines")
        self.entering = self.give(self.clerk, "enter", TOWN, "mines")
        self.give(self.other, "enter", OTHER_TOWN, "mines")
        self.give(self.auditor, "audit", DONGAN, "*")

    def add(self, name: str, until: date | None = None) -> str:
        """A new user of the county's department."""
        return people.add_user(self.house, name=name, login=name, department=self.department, until=until, using=self.using)

    def give(self, user: str, role: DutyRole, place: str, programme: str, since: date | None = None, until: date | None = None) -> int:
        """A duty given by the house."""
        return people.give_duty(
            self.house, user=user, role=role, place=place, programme=programme, since=since, until=until, reason="分工", using=self.using
        )

    def scope(self, user: str, day: date = TODAY) -> Scope:
        """What the user may do on a day."""
        return people.scope(user, day, self.using)
