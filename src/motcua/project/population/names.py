"""Names of people who never lived: words with their search and sorting keys, in believable shares.

The shares of family names follow what is commonly said of Vietnam (Nguyễn about 38 in the hundred);
they are for plausible data, not a statistic.
"""

from collections.abc import Mapping
from random import Random

from msgspec import Struct

from motcua.kernel.texts import fold, sort_key

SHELF = 4096  # entries of a table from which a draw takes one, so that shares cost nothing

FAMILIES = {
    "Nguyễn": 380, "Trần": 110, "Lê": 95, "Phạm": 70, "Hoàng": 36, "Huỳnh": 36, "Phan": 42,
    "Vũ": 30, "Võ": 28, "Đặng": 21, "Bùi": 20, "Đỗ": 19, "Hồ": 13, "Ngô": 13, "Dương": 12,
    "Lý": 7, "Đinh": 8, "Trương": 12, "Đoàn": 7, "Lương": 6, "Mai": 5, "Đào": 5, "Trịnh": 5,
    "Lâm": 5, "Phùng": 4, "Tô": 4, "Hà": 4, "Cao": 4, "Tạ": 4, "Chu": 3, "Thái": 3, "Châu": 3,
    "Quách": 2, "Vương": 3, "Kiều": 2, "La": 1, "Tống": 2, "Nghiêm": 1, "Ninh": 1, "Bạch": 1,
    "Lưu": 3, "Mạc": 1, "Thân": 1, "Khuất": 1, "Âu": 1, "Ông": 1, "Từ": 1, "Hứa": 1, "Triệu": 2,
}  # fmt: skip
# Ethnic group: its share in ten thousand, and the family names that are mostly its own.
GROUPS: dict[str, tuple[int, tuple[str, ...]]] = {
    "Kinh": (8532, ()),
    "Tày": (192, ("Nông", "Hoàng", "Bế", "Ma", "Lương", "Triệu")),
    "Thái": (189, ("Lò", "Quàng", "Cà", "Tòng", "Vi", "Lường")),
    "Mường": (151, ("Quách", "Bùi", "Hà", "Đinh", "Bạch")),
    "Khmer": (137, ("Thạch", "Danh", "Kim", "Sơn", "Lâm")),
    "Mông": (145, ("Giàng", "Vàng", "Sùng", "Thào", "Lầu", "Hạng", "Má")),
    "Nùng": (113, ("Nông", "Lương", "Vi", "Lục", "Hứa")),
    "Dao": (93, ("Bàn", "Triệu", "Đặng", "Phàn", "Tẩn")),
    "Hoa": (78, ("Trần", "Lâm", "Quách", "Lưu", "Ngô")),
    "Gia Rai": (53, ("Kpă", "Siu", "Rơ Châm", "Ksor", "Nay")),
    "Ê Đê": (41, ("Niê", "Êban", "Mlô", "Kbuôr", "Hđơk")),
    "Ba Na": (30, ("Đinh", "A", "Y")),
    "Xơ Đăng": (22, ("A", "Y")),
    "Sán Chay": (21, ("Hoàng", "Trần", "La", "Ninh")),
    "Cơ Ho": (21, ("Kơ Să", "Cil", "K’")),
    "Chăm": (18, ("Bá", "Thiên", "Báo", "Đàng", "Quảng")),
}
MIDDLE = {
    "female": {
        "Thị": 900, "Thị Thu": 40, "Thị Ngọc": 42, "Thị Minh": 22, "Thị Thanh": 44, "Thị Kim": 36,
        "Thị Bích": 22, "Thị Hồng": 36, "Thị Phương": 20, "Thị Mỹ": 22, "Thị Thuý": 20,
        "Thị Hoài": 10, "Thị Quỳnh": 14, "Thị Ánh": 9, "Thị Cẩm": 10, "Thị Diệu": 9, "Ngọc": 46,
        "Minh": 24, "Thanh": 30, "Khánh": 16, "Thuỳ": 18, "Mai": 10, "Bảo": 16, "Hoàng": 12,
        "Phương": 18, "Quỳnh": 12, "Tường": 4, "Hà": 10, "Ái": 3, "An": 4, "Gia": 7, "Hải": 6,
        "Ngọc Bảo": 6, "Hoàng Minh": 3, "Trúc": 5, "Yến": 5, "Diễm": 5, "Như": 7, "Thảo": 5, "": 9,
    },
    "male": {
        "Văn": 700, "Hữu": 40, "Đức": 48, "Quang": 34, "Minh": 46, "Xuân": 24, "Công": 30,
        "Thành": 32, "Quốc": 36, "Ngọc": 34, "Đình": 30, "Trọng": 16, "Mạnh": 18, "Thanh": 34,
        "Hoàng": 32, "Anh": 14, "Tuấn": 16, "Bá": 10, "Duy": 20, "Gia": 14, "Hồng": 8, "Huy": 8,
        "Khắc": 7, "Nhật": 10, "Phúc": 7, "Tấn": 14, "Tiến": 14, "Trung": 12, "Viết": 8, "Việt": 8,
        "Chí": 10, "Bảo": 10, "Thế": 14, "Vĩnh": 4, "Đăng": 8, "Sỹ": 5, "Hải": 6, "Minh Đức": 3,
        "Hoàng Anh": 3, "Nguyên": 3, "Thiên": 3, "": 12,
    },
}  # fmt: skip
GIVEN = {
    "female": (
        "Hương Lan Bích Hoa Ngọc Thảo Trang Linh Phương Yến Hằng Dung Nga Thuỷ Huyền Ánh Diễm"
        " Quỳnh Vân Mỹ Xuân Chi Hà Mai Hạnh Loan Nhung Oanh Thơ Thư Trâm Trinh Tuyết Uyên Vy"
        " Châu Cúc Đào Giang Hiền Hồng Huệ Khuyên Lệ Liên Ly Minh My Nguyệt Nhi Như Nhàn Phúc"
        " Quyên Sen Tâm Thanh Thoa Thắm Thu Thuý Tiên Trà Trúc Tú Vui Ân Anh An Bình Duyên Đoan"
        " Hân Hậu Hoài Kiều Lài Lý Mơ Na Nương Phượng Sương Tình Tươi Tường Ý Điệp Đông Gấm Hảo"
        " Khanh Khuê Lương Ngân Ngà Nhã Quế Thi Thêu Thục Tơ Viên"
    ),
    "male": (
        "Hùng Dũng Tuấn Nam Long Hải Sơn Đức Thắng Khoa Bình Cường Phúc Kiên Tú Vinh Quân Duy"
        " Hiếu Trường Ân Đạt Anh An Bảo Bách Công Chiến Chính Danh Đại Đăng Điền Đông Giang Hà"
        " Hậu Hiển Hoà Hoàng Huy Hưng Khải Khang Khánh Khôi Lâm Lập Lộc Lợi Luân Lực Lương Mạnh"
        " Minh Mỹ Nghĩa Nghị Nguyên Nhân Nhật Phát Phong Phú Phương Quang Quốc Quý Sáng Sinh Tài"
        " Tâm Tân Tấn Thái Thanh Thành Thạch Thiện Thịnh Thông Thuận Thức Tiến Tín Toàn Toản Trí"
        " Triều Trung Trọng Tùng Tường Tuyên Văn Việt Vũ Vương Xuân Ý Đoàn Độ Hào Hân Kha Khiêm"
        " Ngọc Thế Thụ"
    ),
}
STREETS = (
    "Lê Lợi", "Trần Phú", "Hai Bà Trưng", "Nguyễn Huệ", "Phan Chu Trinh", "Quang Trung",
    "Lý Thường Kiệt", "Trần Hưng Đạo", "Hùng Vương", "Điện Biên Phủ", "Lê Hồng Phong",
    "Nguyễn Trãi", "Võ Thị Sáu", "Ngô Quyền", "Phan Bội Châu", "Nguyễn Du", "Lê Duẩn",
    "Cách Mạng Tháng Tám", "Nguyễn Văn Cừ", "Bà Triệu", "Đinh Tiên Hoàng", "Hoàng Văn Thụ",
    "Tôn Đức Thắng", "Nguyễn Thị Minh Khai", "Trường Chinh",
)  # fmt: skip


class Word(Struct, frozen=True):
    """A part of a name with its keys: no name is folded or keyed again for each bearer."""

    text: str
    key: str
    sorted: str


class Names:
    """Tables of words to draw from; `full` joins the parts."""

    def __init__(self) -> None:
        self.families = shelf(FAMILIES)
        self.middles = {sex: shelf(shares) for sex, shares in MIDDLE.items()}
        self.givens = {
            sex: shelf({word: 40 / (rank + 5) for rank, word in enumerate(words.split())})
            for sex, words in GIVEN.items()
        }
        self.own = {
            group: [_word(name) for name in names] for group, (_share, names) in GROUPS.items()
        }
        self.groups = spread({group: share for group, (share, _names) in GROUPS.items()})

    def family(self, random: Random, group: str) -> Word:
        """A family name: of the group's own in most cases."""
        own = self.own[group]
        if own and random.random() < 0.8:
            return own[int(random.random() * len(own))]
        return self.families[int(random.random() * SHELF)]

    def full(self, random: Random, sex: str, family: Word) -> Word:
        """A full name and its keys, as `kernel.texts` would make them."""
        middle = self.middles[sex][int(random.random() * SHELF)]
        given = self.givens[sex][int(random.random() * SHELF)]
        if not middle.text:
            return Word(
                f"{family.text} {given.text}",
                f"{family.key} {given.key}",
                _sorted(given, "", family),
            )
        return Word(
            f"{family.text} {middle.text} {given.text}",
            f"{family.key} {middle.key} {given.key}",
            _sorted(given, middle.sorted, family),
        )


def shelf(shares: Mapping[str, float]) -> list[Word]:
    """Words as often as their share."""
    words = {text: _word(text) for text in shares}
    return [words[text] for text in spread(shares)]


def spread(shares: Mapping[str, float]) -> list[str]:
    """`SHELF` entries, each text as often as its share."""
    total, reached = sum(shares.values()), 0.0
    entries: list[str] = []
    for text, share in shares.items():
        reached += share
        entries += [text] * (round(reached / total * SHELF) - len(entries))
    return entries


def _word(text: str) -> Word:
    syllables = [sort_key(part) for part in text.replace("’", "'").split()]
    return Word(text.replace("’", "'"), fold(text), ",".join(syllables))


def _sorted(given: Word, middle: str, family: Word) -> str:
    """Given name, middle names, family name; a family name of two words gives one to the middle."""
    first, _, rest = family.sorted.partition(",")
    inner = f"{rest},{middle}" if rest and middle else rest or middle
    return f"{given.sorted} {inner} {first}"
