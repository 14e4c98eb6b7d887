"""What the sandbox's pages say. It is another party's system, so it has its own words."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # key: Vietnamese, English, French
    "name": ("MotPay thử nghiệm", "MotPay sandbox", "MotPay, bac à sable"),
    "no-money": (
        "Cổng thanh toán thử nghiệm: không có tiền thật nào được chuyển.",
        "A sandbox: no real money moves here.",
        "Environnement d’essai : aucun argent réel n’est transféré ici.",
    ),
    "skip": ("Đến nội dung chính", "Skip to the main content", "Aller au contenu principal"),
    "language": ("Ngôn ngữ", "Language", "Langue"),
    "home": ("Trang đầu", "Home", "Accueil"),
    "pay-title": ("Thanh toán", "Pay", "Payer"),
    "amount": ("Số tiền", "Amount", "Montant"),
    "for": ("Nội dung", "What for", "Objet"),
    "reference": ("Mã giao dịch của đơn vị", "Merchant’s reference", "Référence du commerçant"),
    "until": ("Thanh toán trước", "Pay before", "À payer avant"),
    "when": (
        "Khi nào cổng báo cho đơn vị nhận tiền?",
        "When is the merchant told?",
        "Quand le commerçant est-il averti ?",
    ),
    "when-now": ("Ngay lập tức", "At once", "Immédiatement"),
    "when-late": ("Chậm 30 giây", "30 seconds late", "30 secondes plus tard"),
    "when-twice": ("Hai lần", "Twice", "Deux fois"),
    "when-never": ("Không bao giờ", "Never", "Jamais"),
    "pay": ("Thanh toán và quay lại", "Pay and go back", "Payer et revenir"),
    "pay-close": (
        "Thanh toán rồi đóng cửa sổ",
        "Pay, then close the window",
        "Payer, puis fermer la fenêtre",
    ),
    "twice": ("Thanh toán hai lần", "Pay twice", "Payer deux fois"),
    "fail": (
        "Thanh toán khi không đủ số dư",
        "Pay from an empty account",
        "Payer avec un compte vide",
    ),
    "cancel": ("Hủy và quay lại", "Cancel and go back", "Annuler et revenir"),
    "close": (
        "Đóng cửa sổ, không thanh toán",
        "Close the window without paying",
        "Fermer la fenêtre sans payer",
    ),
    "other-ways": ("Các cách khác", "Other ways", "Autres possibilités"),
    "state-00": (
        "Giao dịch này đã được thanh toán.",
        "This order is paid.",
        "Cet ordre est payé.",
    ),
    "state-24": (
        "Giao dịch này đã bị hủy.",
        "This order was cancelled.",
        "Cet ordre a été annulé.",
    ),
    "state-11": (
        "Đã quá hạn thanh toán giao dịch này.",
        "It is too late to pay this order.",
        "Il est trop tard pour payer cet ordre.",
    ),
    "state-51": (
        "Tài khoản không đủ số dư. Bạn có thể thử lại.",
        "There was not enough money in the account. You can try again.",
        "Le solde du compte était insuffisant. Vous pouvez réessayer.",
    ),
    "closed-title": ("Cửa sổ đã đóng", "The window is closed", "La fenêtre est fermée"),
    "closed-text": (
        (
            "Trình duyệt không quay lại trang của cơ quan. Cơ quan chỉ biết kết quả nhờ thông "
            "báo của cổng hoặc nhờ tự hỏi lại."
        ),
        (
            "The browser does not go back. The merchant learns the result only from the notice, or "
            "by asking."
        ),
        (
            "Le navigateur ne revient pas. Le commerçant n’apprend le résultat que par l’avis, ou "
            "en le demandant."
        ),
    ),
    "back": ("Quay lại đơn vị nhận tiền", "Back to the merchant", "Retour au commerçant"),
    "bank-title": ("Ứng dụng ngân hàng", "Bank app", "Application bancaire"),
    "bank-intro": (
        "Dán nội dung mã VietQR, hoặc tự nhập lệnh chuyển khoản.",
        "Paste what a VietQR code contains, or type the transfer yourself.",
        "Collez le contenu d’un code VietQR, ou saisissez vous-même le virement.",
    ),
    "payload": ("Nội dung mã VietQR", "Content of the VietQR code", "Contenu du code VietQR"),
    "read": ("Đọc mã", "Read the code", "Lire le code"),
    "bank": ("Ngân hàng (6 chữ số)", "Bank (6 digits)", "Banque (6 chiffres)"),
    "account": ("Số tài khoản", "Account number", "Numéro de compte"),
    "content": ("Nội dung chuyển khoản", "Content of the transfer", "Libellé du virement"),
    "transfer": ("Chuyển khoản", "Transfer", "Virer"),
    "transferred": ("Đã chuyển khoản", "The money was sent", "Le virement est fait"),
    "number": ("Số giao dịch", "Transaction number", "Numéro de transaction"),
    "bad-qr": (
        "Không đọc được mã này: mã bị hỏng hoặc không phải VietQR.",
        "This code cannot be read: it is damaged, or it is no VietQR code.",
        "Ce code est illisible : il est abîmé, ou ce n’est pas un code VietQR.",
    ),
    "bad-transfer": (
        (
            "Kiểm tra lại: ngân hàng có 6 chữ số, số tài khoản có chữ và số, số tiền là số nguyên "
            "đồng lớn hơn 0."
        ),
        (
            "Check it: the bank has 6 digits, the account letters and digits, the amount is a "
            "whole number of đồng above 0."
        ),
        (
            "Vérifiez : la banque a 6 chiffres, le compte des lettres et des chiffres, le montant "
            "est un nombre entier de dongs supérieur à 0."
        ),
    ),
    "error": ("Có lỗi", "There is a problem", "Il y a un problème"),
    "statement-title": ("Bảng đối soát theo ngày", "Statement of a day", "Relevé d’une journée"),
    "day": ("Ngày", "Day", "Jour"),
    "show": ("Xem", "Show", "Afficher"),
    "source": ("Bên lập", "Source", "Source"),
    "kind": ("Loại", "Kind", "Type"),
    "fee": ("Phí", "Fee", "Frais"),
    "status": ("Trạng thái", "Status", "État"),
    "nothing": ("Không có giao dịch nào.", "There are no lines.", "Aucune ligne."),
    "plant": ("Gài sai lệch", "Plant a fault", "Introduire une erreur"),
    "heal": ("Bỏ mọi sai lệch", "Remove all faults", "Retirer toutes les erreurs"),
    "which-line": (
        "Số giao dịch (để trống: dòng đầu tiên)",
        "Transaction number (empty: the first line)",
        "Numéro de transaction (vide : la première ligne)",
    ),
    "fault": ("Sai lệch", "Fault", "Erreur"),
    "fault-missing": ("Thiếu dòng", "Missing line", "Ligne manquante"),
    "fault-extra": ("Thừa dòng", "Extra line", "Ligne en trop"),
    "fault-amount": ("Sai số tiền", "Wrong amount", "Montant erroné"),
    "fault-doubled": ("Lặp dòng", "Doubled line", "Ligne en double"),
    "fault-status": ("Sai trạng thái", "Wrong status", "État erroné"),
    "fault-short": (
        "Ngân hàng nhận thiếu tiền",
        "The bank receives too little",
        "La banque reçoit trop peu",
    ),
    "planted": (
        "Sai lệch đã gài trong ngày",
        "Faults planted for this day",
        "Erreurs introduites ce jour",
    ),
    "notices-title": ("Thông báo đã gửi", "Notices", "Avis"),
    "due": ("Đến hạn", "Due", "Prévu"),
    "attempts": ("Số lần gửi", "Attempts", "Tentatives"),
    "answer": ("Trả lời", "Answer", "Réponse"),
    "down-is-off": ("Cổng đang hoạt động.", "The gateway answers.", "La passerelle répond."),
    "down-is-on": (
        "Cổng đang ngừng trả lời: mọi yêu cầu nhận mã 503.",
        "The gateway is down: every request of the merchant is answered with 503.",
        "La passerelle est en panne : toute demande du commerçant reçoit le code 503.",
    ),
    "down-on": ("Ngừng trả lời", "Stop answering", "Ne plus répondre"),
    "down-off": ("Trả lời lại", "Answer again", "Répondre de nouveau"),
    "home-intro": (
        "Chương trình này đóng vai cổng thanh toán và ngân hàng để thử mọi tình huống.",
        "This program plays the gateway and the bank, so that every situation can be tried.",
        "Ce programme joue la passerelle et la banque, pour essayer toutes les situations.",
    ),
    "denied-97": (
        "Yêu cầu có chữ ký sai.",
        "The signature of this request is wrong.",
        "La signature de cette demande est fausse.",
    ),
    "denied-03": (
        "Không đọc được yêu cầu này.",
        "This request cannot be read.",
        "Cette demande est illisible.",
    ),
    "denied-02": (
        "Giao dịch này đã kết thúc, hoặc mã đã được dùng cho số tiền khác.",
        "This order is closed, or its reference was used for another amount.",
        "Cet ordre est clos, ou sa référence a servi pour un autre montant.",
    ),
    "denied-11": (
        "Đã quá hạn thanh toán giao dịch này.",
        "It is too late to pay this order.",
        "Il est trop tard pour payer cet ordre.",
    ),
    "not-found": ("Không có trang này.", "There is no such page.", "Cette page n’existe pas."),
}
LANGUAGES = {"vi": "Tiếng Việt", "en": "English", "fr": "Français"}


def say(language: str, key: str) -> str:
    """The text of a key."""
    return TEXTS[key][list(LANGUAGES).index(language)]


def money(vnd: int, language: str) -> str:
    """An amount as the language writes it; the blanks do not break."""
    mark = {"vi": ".", "en": ",", "fr": "\u202f"}[language]
    return f"{vnd:,}".replace(",", mark) + ("\u00a0đ" if language == "vi" else "\u00a0VND")
