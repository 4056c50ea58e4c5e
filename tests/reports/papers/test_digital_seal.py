"""The digital seal: another program finds it good, and finds every change."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pypdf import PdfReader

from branch.kernel.errors import BadInput, RuleBroken
from reports.digital_seal import certificate_of, sign_pdf
from reports.forms.papers.paper import paper_pdf
from tests.reports.paper import READERS, poppler
from tests.reports.papers.filled import filled, head

SEAL = (files("resources") / "samples" / "test-seal.p12").read_bytes()
PASSWORD = "test-seal"
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return paper_pdf(head("TS-06", "zh"), filled("TS-06", "zh"))[0]


@pytest.fixture(scope="module")
def signed(paper: bytes) -> bytes:
    return sign_pdf(paper, SEAL, PASSWORD, NOW)


def judged(data: bytes, folder: Path) -> str:
    """What poppler says of the signature."""
    path = folder / "paper.pdf"
    path.write_bytes(data)
    done = subprocess.run(
        [poppler("pdfsig"), "-nocert", str(path)], capture_output=True, text=True, check=False
    )
    return done.stdout


def test_another_program_finds_the_seal_good(signed: bytes, tmp_path: Path) -> None:
    said = judged(signed, tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "SHA-256" in said
    assert "湖滨路支行测试印章" in said


@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.9])
def test_one_changed_byte_is_found(signed: bytes, share: float, tmp_path: Path) -> None:
    at = int(len(signed) * share)
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert "Signature is Valid." not in judged(changed, tmp_path)


def test_the_paper_itself_stays_as_it_is(paper: bytes, signed: bytes) -> None:
    assert signed.startswith(paper)
    assert READERS["pypdf"](signed) == READERS["pypdf"](paper)
    catalog = PdfReader(BytesIO(signed)).trailer["/Root"]
    assert catalog["/Lang"] == "zh-CN"
    assert bool(catalog["/MarkInfo"]["/Marked"])


def test_the_certificate_says_whose_it_is() -> None:
    holds = certificate_of(SEAL, PASSWORD)
    assert holds.holder == "湖滨路支行测试印章 TEST SEAL"
    assert holds.not_before < NOW < holds.not_after


@pytest.mark.parametrize(
    ("data", "password"), [(SEAL, "another"), (b"no file", PASSWORD), (b"", "")]
)
def test_what_cannot_be_read_is_refused(paper: bytes, data: bytes, password: str) -> None:
    with pytest.raises(BadInput) as refused:
        sign_pdf(paper, data, password, NOW)
    assert (refused.value.code, refused.value.field) == ("seal_unreadable", "certificate")
    assert refused.value.values == {}


def made(key: ec.EllipticCurvePrivateKey, until: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "试")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(until)
        .sign(key, hashes.SHA256())
    )


def test_an_expired_certificate_seals_nothing(paper: bytes) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    old = made(key, datetime(2026, 11, 19, tzinfo=UTC))
    kept = pkcs12.serialize_key_and_certificates(b"x", key, old, None, NoEncryption())
    with pytest.raises(RuleBroken) as refused:
        sign_pdf(paper, kept, "", NOW)
    assert refused.value.code == "seal_expired"
    assert refused.value.values == {"day": "2026-11-19"}


def test_a_file_without_a_key_seals_nothing(paper: bytes) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    only = made(key, datetime(2030, 1, 1, tzinfo=UTC))
    kept = pkcs12.serialize_key_and_certificates(b"x", None, None, [only], NoEncryption())
    with pytest.raises(BadInput) as refused:
        sign_pdf(paper, kept, "", NOW)
    assert refused.value.code == "seal_without_key"
