import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inputs.privacy import Control, Finding, Kind, find

# Numbers of the series for testing (80 is added to the month): right in every digit, and nobody's.
BORN_1990 = "01819010001"
D_NUMBER = "41819010186"
LEAP_DAY = "29820010092"
NO_LEAP_DAY = "29820110003"


def found(text: str, *, control: Control = Control.BOTH) -> list[tuple[Kind, str]]:
    return [(finding.kind, text[finding.start : finding.end]) for finding in find(text, control=control)]


def test_everything_is_found_in_order_with_its_place() -> None:
    text = f"Skriv til nina@eksempel.no eller ring 912 34 567 (f.nr. {BORN_1990})."
    assert find(text) == (
        Finding(Kind.EMAIL, 10, 26),
        Finding(Kind.PHONE, 38, 48),
        Finding(Kind.NATIONAL_ID, 56, 67),
    )


def test_a_text_without_personal_data_gives_nothing() -> None:
    assert find("Vi vil ha flere benker langs elva, og lys i løypa til 2030.") == ()
    assert find("") == ()


@pytest.mark.parametrize(
    "written",
    [BORN_1990, D_NUMBER, LEAP_DAY, "018190 10001", "01 81 90 100 01", "018190\u00a010001"],
)
def test_a_national_identity_number_is_found_with_or_without_spaces(written: str) -> None:
    assert found(f"tabell 7 {written}, sendt inn") == [(Kind.NATIONAL_ID, written)]


@pytest.mark.parametrize(
    "written",
    [
        "01819010002",  # the last control digit is wrong
        "01819010011",  # both are
        NO_LEAP_DAY,
        "32819010000",
        f"{BORN_1990}7",
        f"7{BORN_1990}",
        "018190-10001",
        "0181901000",
    ],
)
def test_other_digits_are_no_national_identity_number(written: str) -> None:
    assert found(written) == []


def test_from_2032_the_first_control_digit_is_relaxed_and_the_last_is_not() -> None:
    one_to_three_above, four_above, wrong_last = "01819010036", "01819010044", "01819010037"
    text = f"{one_to_three_above} {four_above} {wrong_last}"
    assert found(text) == []
    assert found(text, control=Control.FROM_2032) == [(Kind.NATIONAL_ID, one_to_three_above)]


@pytest.mark.parametrize("month", ["01", "41", "66", "81"])
def test_without_control_a_date_in_any_series_is_enough(month: str) -> None:
    invalid = f"01{month}9000000"
    assert found(invalid) == []
    assert found(invalid, control=Control.NONE) == [(Kind.NATIONAL_ID, invalid)]


def test_without_control_a_date_that_never_was_is_still_refused() -> None:
    assert found("01939000000 32819000000", control=Control.NONE) == []


@pytest.mark.parametrize(
    "number",
    [
        "91234567",
        "912 34 567",
        "22 33 44 55",
        "+47 912 34 567",
        "+4791234567",
        "0047 22 33 44 55",
        "+47 20123456",
        "912\u00a034\u00a0567",
    ],
)
def test_a_telephone_number_is_found_as_people_write_it(number: str) -> None:
    assert found(f"tlf:{number}. Ring etter kl. 16.") == [(Kind.PHONE, number)]


def test_both_of_two_telephone_numbers_are_found() -> None:
    assert found("912 34 567, 22 33 44 55") == [(Kind.PHONE, "912 34 567"), (Kind.PHONE, "22 33 44 55")]


@pytest.mark.parametrize(
    "text",
    [
        "i 2023 2024 og 2025",
        "40000000",
        "45250000 kroner til benker",
        "kr 45 25 00 10 til benker",
        "kr. 45250010,-",
        "€45250010",
        "45250010,50",
        "sak 20231234",
        "saksnr. 45250010",
        "sak 2023/45250010",
        "45250010/23",
        "org.nr. 974760673",
        "974 760 673",
        "30 40 50 60",
        "45 250 010",
        "kl. 16 30, 17 30",
        "12 34 56 78",
        "v45250010",
        "45250010 innbyggere",
        "01.02.2024 – 03.04.2024",
        "45250010%",
    ],
)
def test_other_numbers_are_no_telephone_number(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "address",
    ["nina@eksempel.no", "nina.ås+kor@post.eksempel.no", "NINA_1@øst-eksempel.no"],
)
def test_an_address_is_found_without_the_signs_around_it(address: str) -> None:
    assert found(f"<{address}>. ({address}), {address}.") == [(Kind.EMAIL, address)] * 3


@pytest.mark.parametrize("text", ["@alle", "nina@", "nina@eksempel", "nina @ eksempel.no", "3@4.5"])
def test_an_at_sign_alone_is_no_address(text: str) -> None:
    assert found(text) == []


def test_digits_in_an_address_are_no_telephone_number_too() -> None:
    assert found("91234567@eksempel.no") == [(Kind.EMAIL, "91234567@eksempel.no")]


def test_a_national_identity_number_is_not_counted_again_as_a_telephone_number() -> None:
    assert found("41 81 90 10 186") == [(Kind.NATIONAL_ID, "41 81 90 10 186")]


@settings(deadline=None)  # how long an example takes is the machine's affair
@given(
    st.one_of(
        st.text(max_size=80),
        st.text(alphabet="0123456789 +/.-@abø\u00a0²٣", max_size=80),
        st.lists(st.sampled_from([BORN_1990, "912 34 567", "a@b.no", " ", ",", "kr", "1"])).map("".join),
    ),
    st.sampled_from(Control),
)
def test_findings_lie_within_any_text_in_order_and_apart(text: str, control: Control) -> None:
    findings = find(text, control=control)
    bounds = [bound for finding in findings for bound in (finding.start, finding.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
