"""Owns the branch's digital seal on a finished PDF: a PAdES signature over its every byte; knows
no form, and keeps no certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from branch.kernel.errors import BadInput, RuleBroken

# The signature's name in the file.
FIELD = "Seal"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who seals with it, and until when it is good."""

    holder: str
    not_before: datetime
    not_after: datetime


def certificate_of(certificate: bytes, password: str) -> Certificate:
    """What a PKCS#12 file holds.

    Raises BadInput when it cannot be read with that password, or holds no key to sign with.
    """
    try:
        key, found, _others = pkcs12.load_key_and_certificates(certificate, password.encode())
    except ValueError as error:
        raise BadInput("seal_unreadable", field="certificate") from error
    if key is None or found is None:
        raise BadInput("seal_without_key", field="certificate")
    return Certificate(_holder(found), found.not_valid_before_utc, found.not_valid_after_utc)


def sign_pdf(data: bytes, certificate: bytes, password: str, at: datetime) -> bytes:
    """The PDF with an invisible PAdES signature (ETSI EN 319 142-1, level B-B) that allows no
    change afterwards; ``certificate`` is a PKCS#12 file, ``at`` carries its zone.

    The bytes given are the beginning of the bytes returned. Raises BadInput as certificate_of
    does, RuleBroken when the certificate is not good at that instant.
    """
    # A third of a second that only a branch with a seal has to wait for.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

    holds = certificate_of(certificate, password)
    if not holds.not_before <= at.astimezone(UTC) <= holds.not_after:
        raise RuleBroken("seal_expired", day=f"{holds.not_after:%Y-%m-%d}")
    signer = SimpleSigner.load_pkcs12_data(certificate, (), passphrase=password.encode())
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        name=holds.holder,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    writer = IncrementalPdfFileWriter(BytesIO(data))
    signed = PdfSigner(meta, signer=signer).sign_pdf(writer)
    return bytes(signed.getvalue())


def _holder(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()
