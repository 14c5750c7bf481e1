"""How irritability, severity and stage come to be proposed: the limits in words, and how far they can be trusted."""

from django.utils.translation import gettext as _

from assessments.reasoning.proposals import (
    BRIDGE_SECONDS,
    LONG_MINUTES,
    MILD_LOSS,
    MILD_PAIN,
    MODERATE_LOSS,
    MODERATE_PAIN,
    QUICK_MINUTES,
    VERY_WEAK,
    WEAK,
)


def how_proposed() -> tuple[str, ...]:
    """The rules behind the proposals, one sentence each. All are our own proposal."""
    words = {
        "quick": QUICK_MINUTES,
        "long": LONG_MINUTES,
        "mild": MILD_PAIN,
        "moderate": MODERATE_PAIN,
        "some_loss": MILD_LOSS,
        "much_loss": MODERATE_LOSS,
        "weak": WEAK,
        "very_weak": VERY_WEAK,
        "bridge": BRIDGE_SECONDS,
    }
    return (
        _(
            "Irritability: low when provoked pain settles within %(quick)s minutes and pain at rest is at most"
            " %(mild)s of 10; high when it takes more than %(long)s minutes or pain at rest is above %(moderate)s;"
            " moderate between."
        )
        % words,
        _(
            "Severity of a strain: by range lost against the other side (from %(some_loss)s°, above %(much_loss)s°),"
            " strength (under %(weak)s, under %(very_weak)s of 100 of the other side), gait, a gap, bruising with a pop."
        )
        % words,
        _("Severity otherwise: by the worst pain recorded, up to %(mild)s mild, up to %(moderate)s moderate.") % words,
        _(
            "Stage: the furthest one whose entry criteria were all recorded as fulfilled, such as a single-leg bridge"
            " of %(bridge)s seconds. What was not recorded never moves it on."
        )
        % words,
        _("These limits are our own proposal; no study stands behind them as a whole. You decide."),
    )
