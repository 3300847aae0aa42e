"""An application as its applicant wrote it, and as the desk sees it."""

from eventsite.applications.core.asked import Question, Terms
from eventsite.applications.core.facts import Appliance, ApplicationFacts, Product
from eventsite.applications.core.review import Needs, Opinion, matters_of
from eventsite.applications.models import Application, Call
from eventsite.sealing.core import Sealer

PHONE, EMAIL = "application-phone", "application-email"


def facts_of(row: Application, sealer: Sealer) -> ApplicationFacts:
    """Return what the form shows and changes, contacts opened."""
    return ApplicationFacts(
        unit_zh=row.unit_zh,
        unit_en=row.unit_en,
        credit_code=row.credit_code,
        contact_post_zh=row.contact_post_zh,
        phone=phone_of(row, sealer),
        email=email_of(row, sealer),
        delegation=row.delegation.ref if row.delegation else None,
        zone=row.zone.code if row.zone else "",
        trade=row.trade,
        wishes=tuple(row.wishes),
        near=row.near,
        places=row.places,
        partner=row.partner,
        products=tuple(Product(**product) for product in row.products),
        appliances=tuple(Appliance(**appliance) for appliance in row.appliances),
        needs_water=row.needs_water,
        open_flame=row.open_flame,
        food_required=row.food_required,
        street_occupation=row.street_occupation,
        vehicle_passes=row.vehicle_passes,
        staff_passes=row.staff_passes,
        insured=row.insured,
        answers=dict(row.answers),
        commitment_signed=row.commitment_signed,
        consented=row.consented_at is not None,
    )


def phone_of(row: Application, sealer: Sealer) -> str:
    """Return the telephone number, empty where there is none (any more)."""
    return (sealer.open(row.phone, PHONE) if row.phone else None) or ""


def email_of(row: Application, sealer: Sealer) -> str:
    """Return the mail address, empty where there is none (any more)."""
    return (sealer.open(row.email, EMAIL) if row.email else None) or ""


def terms_of(call: Call, category: str) -> Terms | None:
    """Return what the call asks of a category, `None` where it is not for it."""
    own = call.category(category)
    if own is None:
        return None
    asked = [question for question in call.questions if question.category in ("", category)]
    return Terms(
        most_kw=own.most_kw,
        most_products=call.most_products,
        needs=own.slots,
        questions=tuple(
            Question(key=f"q{question.id}", kind=question.kind, required=question.required)
            for question in asked
        ),
    )


def opinions_of(row: Application) -> tuple[Opinion, ...]:
    """Return each matter of the application with what its office says; a stale word counts as none."""
    needs = Needs(
        power_kw=row.power_kw,
        needs_water=row.needs_water,
        open_flame=row.open_flame,
        food_required=row.food_required,
        street_occupation=row.street_occupation,
        passes=row.vehicle_passes + row.staff_passes,
        insured=row.insured,
    )
    said = {review.matter: review for review in row.matters if not review.stale}
    return tuple(
        Opinion(matter=matter, verdict=said[matter].verdict, point=said[matter].point)
        if matter in said
        else Opinion(matter=matter)
        for matter in matters_of(needs)
    )
