"""What may follow a signature, and how certificates are judged long afterwards."""

from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffPolicy,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    GenericFieldModificationRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from portal.signing.trust import Trust

_LTA = ModificationLevel.LTA_UPDATES

STRICT = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        DocInfoRule().as_qualified(_LTA),
        XrefStreamRule().as_qualified(_LTA),
        ObjectStreamRule().as_qualified(_LTA),
        DSSCompareRule().as_qualified(_LTA),
        MetadataUpdateRule().as_qualified(_LTA),
    ],
    # pyHanko's default lets the bytes of an existing appearance change under an untouched field.
    # Ours never need to, and the allowance makes pyHanko 0.38 report a locked field as changed
    # when it was filled in a revision before its lock.
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),
            SigFieldModificationRule(allow_in_place_appearance_stream_changes=False),
            GenericFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        ]
    ),
)


class ReviewedOnce(DiffPolicy):
    """The strict policy, remembering its answers: AdES asks anew for every signature it judges."""

    def __init__(self) -> None:
        self._reviews: dict[int | HistoricalResolver, DiffResult | SuspiciousModification] = {}

    def apply(self, *comparison: Any, **terms: Any) -> DiffResult:
        return STRICT.apply(*comparison, **terms)

    def review_file(
        self,
        reader: PdfFileReader,
        base_revision: int | HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult | SuspiciousModification:
        if base_revision not in self._reviews:
            self._reviews[base_revision] = STRICT.review_file(
                reader, base_revision, field_mdp_spec, doc_mdp
            )
        return self._reviews[base_revision]


def specification(trust: Trust) -> PdfSignatureValidationSpec:
    """AdES validation (ETSI EN 319 102-1) of one file, from that file alone: nothing is fetched."""
    certificates = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=list(trust.roots)),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
    )
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=certificates,
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                RevinfoOnlineFetchingRule.LOCAL_ONLY
            ),
        ),
        diff_policy=ReviewedOnce(),
    )


def timing(at: datetime | None) -> ValidationTimingInfo:
    """Judge as of *at*, or of this moment."""
    if at is None:
        return ValidationTimingInfo.now()
    return ValidationTimingInfo(at, at, point_in_time_validation=False)
