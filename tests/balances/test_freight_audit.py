"""A bill is judged line by line, and its amount is always explained: agreed, too much, unchecked."""

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salesaid.balances.agreed_freight import AgreedFreight, Rate
from salesaid.balances.bill_lines import BillLine, entered_alone, new_lines, same_bills, without_voided
from salesaid.balances.freight_audit import audited
from salesaid.balances.parcels import Parcel, Parcels, same_carrier, tracking_key

DAY = date(2026, 10, 5)


def line(row=2, no="SF1", weight="1", amount="12", surcharge="0", day=DAY, to="", bill_no=""):
    return BillLine(
        row, day, "顺丰", no, None if weight is None else Decimal(weight), Decimal(amount), Decimal(surcharge), "", to,
        bill_no,
    )  # fmt: skip


def parcel(no="SF1", weight="1", freight=None, day=DAY, address="", row=2, carrier="顺丰"):
    kg = None if weight is None else Decimal(weight)
    return Parcel(
        "shipments", f"SH{row}", day, carrier, no, "骏业", address, kg, None if freight is None else Decimal(freight),
        row=row,
    )  # fmt: skip


def parcels(*found):
    return Parcels(lambda: found)


def rates(*found):
    return AgreedFreight(
        tuple(
            Rate("顺丰", to, Decimal(from_kg), price and Decimal(price), per_kg and Decimal(per_kg), day, row)
            for row, (to, from_kg, price, per_kg, day) in enumerate(found, 2)
        )
    )


USUAL = rates(("", 0, "12", None, None), ("", 1, "12", "2", None))


def kinds(audit):
    return [each.kind for each in audit.objections]


def test_a_line_as_agreed_is_not_spoken_of():
    audit = audited([line(weight="3", amount="16")], parcels(parcel(weight="2.6")), USUAL)
    assert (kinds(audit), audit.lines[0].agreed) == ([], Decimal(16))


def test_begun_kilograms_count_and_more_is_too_heavy():
    audit = audited([line(weight="4", amount="18")], parcels(parcel(weight="2.6")), USUAL)
    assert [(each.kind, each.over) for each in audit.objections] == [("weight", Decimal(2))]


def test_a_dearer_price_and_a_surcharge_are_told_apart():
    audit = audited([line(amount="20", surcharge="5")], parcels(parcel()), USUAL)
    assert [(each.kind, each.over) for each in audit.objections] == [("price", Decimal(3)), ("surcharge", Decimal(5))]


def test_without_a_rate_the_freight_that_was_written_when_it_was_sent_is_what_was_agreed():
    audit = audited([line(amount="30")], parcels(parcel(freight="25")), rates())
    assert [(each.kind, each.over) for each in audit.objections] == [("price", Decimal(5))]


def test_without_either_nothing_can_be_said():
    audit = audited([line(amount="30")], parcels(parcel()), rates())
    assert (kinds(audit), audit.lines[0].agreed) == (["no_rate"], None)


def test_what_was_not_sent_is_all_too_much():
    audit = audited([line(no="SF9", amount="30")], parcels(), USUAL)
    assert [(each.kind, each.over) for each in audit.objections] == [("no_shipment", Decimal(30))]


def test_the_second_line_of_a_number_is_too_much_but_not_after_it_was_taken_back():
    sent = parcels(parcel())
    assert kinds(audited([line(2), line(3)], sent, USUAL)) == ["twice"]
    assert kinds(audited([line(2), line(3, amount="-12"), line(4)], sent, USUAL)) == []


def test_a_number_that_an_earlier_bill_charged_is_named_with_it():
    earlier = [line(bill_no="FB1", day=date(2026, 9, 1)), line(3, no="SF2", bill_no="FB1", day=date(2026, 9, 1))]
    audit = audited([line(), line(3, no="SF3"), line(4, no="SF4")], parcels(parcel()), USUAL, earlier)
    assert next((each.kind, each.before) for each in audit.objections) == ("billed_before", "FB1")


def test_a_bill_that_was_kept_is_known_again_though_it_has_grown():
    kept = [line(9, bill_no="FB1"), line(10, no="SF2", bill_no="FB1")]
    bill = [line(2), line(3, no="SF2"), line(4, no="SF3")]
    assert same_bills(bill, kept) == ["FB1"]
    assert [each.tracking_no for each in new_lines(bill, kept)] == ["SF3"]
    assert "billed_before" not in kinds(audited(bill, parcels(parcel()), USUAL, kept))


def test_a_file_of_several_numbered_bills_is_known_by_their_numbers():
    kept = [line(2, bill_no="B1"), line(3, no="SF2", bill_no="B2"), line(4, no="SF3", bill_no="B3")]
    bill = [line(2, bill_no="B1"), line(3, no="SF2", bill_no="B2"), line(4, no="SF3", bill_no="B4")]
    assert same_bills(bill, kept) == ["B1", "B2"]
    assert [each.bill_no for each in new_lines(bill, kept)] == ["B4"]
    audit = audited(bill, parcels(parcel(), parcel("SF2", row=3), parcel("SF3", row=4)), USUAL, kept)
    assert [(each.kind, each.before) for each in audit.objections] == [("billed_before", "B3")]


def test_two_equal_lines_of_one_bill_are_both_kept_once():
    bill = [line(2), line(3)]
    assert new_lines(bill, []) == bill
    assert new_lines(bill, [each._replace(bill_no="FB1") for each in bill]) == []


def imported(*lines):
    """The lines as an import leaves them: each under a number of its own, of no carrier."""
    return [each._replace(row=at, carrier="", bill_no=f"FB{at}") for at, each in enumerate(lines, 2)]


def test_lines_that_were_imported_one_by_one_are_not_kept_again():
    bill = [line(2), line(3), line(4, no="SF2"), line(5, no="SF3")]
    earlier = imported(line(), line(no="sf2"), line(no="SF3", amount="13"), line(no="SF3", day=date(2026, 10, 6)))
    assert [each.row for each in new_lines(bill, earlier)] == [3, 5]
    assert "billed_before" not in kinds(audited(bill[:1], parcels(parcel()), USUAL, earlier))


def test_freight_that_was_imported_without_its_surcharge_is_known_again():
    bill = [line(2, amount="23", surcharge="3")]
    assert new_lines(bill, imported(line(amount="20", surcharge="3"))) == []
    assert new_lines(bill, imported(line(amount="20"))) == bill


def test_what_another_carrier_or_another_bill_charged_is_no_line_of_this_one():
    bill = [line(2), line(3, no="SF2"), line(4, no="SF4")]
    assert new_lines(bill, [each._replace(carrier="德邦") for each in imported(*bill)]) == bill
    other = [line(bill_no="FB1"), *(line(9 + at, no=f"SF{9 + at}", bill_no="FB1") for at in range(3))]
    assert new_lines(bill, other) == bill
    assert "billed_before" in kinds(audited(bill, parcels(parcel()), USUAL, other))


def test_lines_that_were_taken_back_are_kept_again():
    bill = [line(2), line(3), line(4, no="SF2", amount="-12")]
    kept = [each._replace(bill_no="FB1") for each in bill]
    red = [line(9, amount="-12", bill_no="FB1")._replace(note="红字：不认")]
    assert new_lines(bill, without_voided(kept)) == []
    assert new_lines(bill, without_voided([*kept, *red])) == bill[1:2]


PARTS = st.lists(st.tuples(st.sampled_from(["SF1", "SF2"]), st.sampled_from(["12", "13"])), max_size=6)


@given(PARTS, PARTS)
def test_lines_are_compared_as_a_multiset(billed, before):
    bill = [line(at, no=no, amount=amount) for at, (no, amount) in enumerate(billed, 2)]
    found = Counter((each.tracking_no, str(each.amount)) for each in bill)
    there = Counter(before)
    earlier = imported(*(line(no=no, amount=amount) for no, amount in before))
    assert sum(each is not None for each in entered_alone(bill, earlier)) == (found & there).total()
    if len(bill) > 2:  # of two lines one alone is half a bill
        fresh = Counter((each.tracking_no, str(each.amount)) for each in new_lines(bill, earlier))
        assert fresh == found - there


def test_a_number_without_its_letters_is_known_by_its_digits_where_they_are_one_parcels():
    sent = parcels(parcel("SF447287666480"), parcel("DB447287666481", row=3), parcel("YT447287666481", row=4))
    assert kinds(audited([line(no="447287666480")], sent, USUAL)) == ["never_billed"] * 2
    both = [line(no="447287666480"), line(3, no="sf447287666480")]
    assert kinds(audited(both, sent, USUAL))[0] == "twice"
    assert kinds(audited([line(no="447287666481")], sent, USUAL))[0] == "no_shipment"
    assert kinds(audited([line(no="44728")], sent, USUAL))[0] == "no_shipment"


def test_what_left_in_the_days_of_the_bill_without_a_line_is_told():
    sent = parcels(
        parcel(), parcel("SF2", row=3, day=date(2026, 10, 7)), parcel("SF3", row=4, day=date(2026, 10, 9)),
        parcel("DB1", row=5, day=date(2026, 10, 7), carrier="德邦"), parcel("", row=6, day=date(2026, 10, 7)),
    )  # fmt: skip
    audit = audited([line(), line(3, no="SF9", day=date(2026, 10, 8))], sent, USUAL)
    assert [each.parcel.row for each in audit.never_billed] == [3, 6]


def test_the_rate_of_the_nearest_place_and_of_the_newest_day_holds():
    table = rates(
        ("", 0, "20", None, None), ("广东", 0, "15", None, None), ("深圳", 0, "10", None, None),
        ("深圳", 0, "11", None, date(2026, 10, 1)), ("北京", 0, "30", None, None),
    )  # fmt: skip
    one = Decimal(1)

    def charge(*places, day=DAY):
        return table.charge("顺丰速运", places, one, day)

    assert charge("广东省深圳市南山区") == 11
    assert charge("广东省深圳市南山区", day=date(2026, 9, 30)) == 10
    assert charge("东莞", "广东省东莞市") == 15
    assert charge("", "上海市北京东路1号") == 20
    assert charge("") == 20
    assert table.charge("德邦", ("深圳",), one, DAY) is None


def test_a_rate_without_a_price_is_paid_by_the_kilogram_from_the_first():
    table = rates(("", 0, None, "3", None), ("", 100, None, "2.5", None))
    assert table.charge("顺丰", (), Decimal("10.5"), DAY) == Decimal("31.50")
    assert table.charge("顺丰", (), Decimal(120), DAY) == Decimal("300.00")


def test_carriers_are_one_where_one_name_holds_the_other():
    assert same_carrier("顺丰", "顺丰速运")
    assert not same_carrier("德邦", "顺丰")
    assert not same_carrier("", "顺丰")


AMOUNTS = st.integers(-3000, 9000).map(lambda cents: Decimal(cents) / 100)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["SF1", "SF2", "SF3", "sf1 ", "SF9", ""]),
        st.one_of(st.none(), st.integers(0, 80).map(lambda tenths: Decimal(tenths) / 10)),
        AMOUNTS,
        st.integers(0, 500).map(lambda cents: Decimal(cents) / 100),
        st.integers(1, 28),
    ),
    max_size=12,
)


@given(LINES, st.booleans(), st.lists(st.booleans(), min_size=12, max_size=12))
def test_the_amount_of_every_bill_is_explained_to_the_cent(drawn, has_rates, kept):
    lines = [
        BillLine(at, date(2026, 10, day), "顺丰", no, kg, amount, extra)
        for at, (no, kg, amount, extra, day) in enumerate(drawn, 2)
    ]
    earlier = [each._replace(bill_no="FB1", day=DAY) for each, was in zip(lines, kept, strict=False) if was]
    sent = parcels(parcel(weight="1.5"), parcel("SF2", weight=None, freight="9", row=3), parcel("SF3", None, row=4))
    audit = audited(lines, sent, USUAL if has_rates else rates(), earlier)
    assert [each.line for each in audit.lines] == lines
    for each in audit.lines:
        over = sum((one.over for one in each.objections if one.over is not None), Decimal(0))
        if each.agreed is None:
            assert any(one.kind == "no_rate" for one in each.objections)
        else:
            assert each.agreed + over == each.line.amount
    charged = [tracking_key(each.line.tracking_no) for each in audit.lines if each.line.tracking_no and each.agreed]
    assert all(charged.count(key) == 1 for key in charged if not any(x.amount < 0 for x in lines))
