"""Word documents under a password: opened in memory, with the password that the user gives."""

from __future__ import annotations

import io

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

from planchecker.errors import DamagedPlanError, EncryptedPlanError


def unlock(data: bytes, name: str, password: str | None) -> bytes:
    """The document inside an encrypted Office file.

    Args:
        data: the file's bytes.
        name: the file as the user named it, for messages.
        password: opens the file.

    Raises:
        EncryptedPlanError: the password was not given or is wrong.
        DamagedPlanError: the file cannot be decrypted at all.
    """
    if password is None:
        raise EncryptedPlanError(
            name,
            "the file is protected by a password",
            "give it with --password, or save a copy without it in Word",
        )
    opened = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=password, verify_password=True)
        office.decrypt(opened)
    except (InvalidKeyError, DecryptionError) as error:
        raise EncryptedPlanError(
            name, "the password does not open the file", "check it and try again"
        ) from error
    except Exception as error:  # what a parser of damaged containers raises is not documented
        remedy = "open it in Word, save it without a password and check that copy"
        raise DamagedPlanError(name, "the protected file cannot be opened", remedy) from error
    return opened.getvalue()
