using AdvFit.Messages;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Decisions;

/// <summary>Whether and how a spec continues or extends the sweep that there is.</summary>
internal static class StartDecisions
{
    public static Answer Decide(SweepState state, StartSweep start)
    {
        var here = SweepId.Of(state.Spec);
        if (SweepId.Of(start.Spec) is var asked && asked != here)
        {
            return Answer.Reject(
                $"The spec describes the sweep {asked}, which cannot continue as {here}: "
                + $"{SpecDifferences.Describe(SpecDifferences.OfIdentity(state.Spec, start.Spec))}.");
        }

        if (start.Data.Sha256 != state.Data.Sha256)
        {
            return Answer.Reject(
                $"The data changed since the sweep {here} began: its images and labels had SHA-256 {state.Data.Sha256}, " +
                $"now {start.Data.Sha256}; restore the data, or give the spec another name to begin a new sweep.");
        }

        if (state.IsCancelled)
        {
            return Answer.Reject($"The sweep {here} was cancelled; `advfit resume {here}` takes it up again.");
        }

        if (Conflict(state.Spec, start.Spec) is { } conflict)
        {
            return Answer.Reject($"The sweep {here} already has {conflict}");
        }

        var merged = SpecExtension.Merge(state.Spec, start.Spec);
        SweepEvent[] session = start.JoinsSession && state.InSession
            ? []
            : [new SessionStarted(start.Session) { FailFast = start.FailFast }];
        if (!ReferenceEquals(merged, state.Spec))
        {
            // What housekeeping keeps may change without anything being left to do.
            var extended = new SweepExtended(merged);
            var after = state.Apply(extended, state.Updated);
            return after.Completed == after.Shuffles.Count ? new Answer(extended) : new Answer([extended, .. session]);
        }

        return state.Completed == state.Shuffles.Count ? Answer.Nothing : new Answer(session);
    }

    private static string? Conflict(SweepSpec here, SweepSpec asked)
    {
        foreach (var attack in asked.Attacks)
        {
            if (here.Attacks.FirstOrDefault(other => other.Label == attack.Label) is { } known
                && SpecDifferences.OfAttack(known, attack) is { IsEmpty: false } differences)
            {
                return $"an attack labelled {attack.Label} that differs in {SpecDifferences.Describe(differences)}; "
                    + "give the changed one a `label` of its own.";
            }
        }

        return null;
    }
}
