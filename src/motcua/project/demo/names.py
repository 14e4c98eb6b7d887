"""Believable names of people who never lived: family names in their real, very uneven shares."""

from random import Random

# Shares in the hundred, rounded; the rest is spread over many small families.
FAMILIES = {
    "Nguyễn": 38, "Trần": 11, "Lê": 10, "Phạm": 7, "Hoàng": 4, "Huỳnh": 4, "Phan": 4, "Vũ": 3,
    "Võ": 3, "Đặng": 2, "Bùi": 2, "Đỗ": 2, "Hồ": 1, "Ngô": 1, "Dương": 1, "Lý": 1, "Đinh": 1,
    "Lò": 1, "Giàng": 1, "Vàng": 1, "Kpă": 1, "Y Blô": 1,
}  # fmt: skip
MIDDLE = {
    "female": [
        "Thị",
        "Thị",
        "Thị Thu",
        "Thị Ngọc",
        "Ngọc",
        "Minh",
        "Thanh",
        "Khánh",
        "Thuỳ",
        "Mai",
    ],
    "male": ["Văn", "Văn", "Hữu", "Đức", "Quang", "Minh", "Xuân", "Công", "Thành", "Quốc"],
}
GIVEN = {
    "female": [
        "Hương", "Lan", "Bích", "Hoa", "Ngọc", "Thảo", "Trang", "Linh", "Phương", "Yến", "Hằng",
        "Dung", "Nga", "Thuỷ", "Huyền", "Ánh", "Diễm", "Quỳnh", "Vân", "Mỹ", "Xuân", "Chi",
    ],
    "male": [
        "Hùng", "Dũng", "Tuấn", "Nam", "Long", "Hải", "Sơn", "Đức", "Thắng", "Khoa", "Bình",
        "Cường", "Phúc", "Kiên", "Tú", "Vinh", "Quân", "Duy", "Hiếu", "Trường", "Ân", "Đạt",
    ],
}  # fmt: skip


def full_name(random: Random, sex: str, family: str = "") -> str:
    """A name; with `family`, a child's name after its father."""
    family = family or random.choices(list(FAMILIES), weights=list(FAMILIES.values()))[0]
    return f"{family} {random.choice(MIDDLE[sex])} {random.choice(GIVEN[sex])}"
