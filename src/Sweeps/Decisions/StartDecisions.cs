using AdvFit.Messages;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Decisions;

/// <summary>Whether and how a spec continues or extends the sweep that there is.</summary>
internal static class StartDecisions
{
    public static UntimedDecision Decide(SweepState state, StartSweep start)
    {
        var here = SweepId.Of(state.Spec);
        if (SweepId.Of(start.Spec) is var asked && asked != here)
        {
            return UntimedDecision.Reject(
                $"The spec describes the sweep {asked}, which cannot continue as {here}: "
                + $"{SpecDifferences.Describe(SpecDifferences.OfIdentity(state.Spec, start.Spec))}.");
        }

        if (start.Data.Sha256 != state.Data.Sha256)
        {
            return UntimedDecision.Reject(
                $"The data changed since the sweep {here} began: its images and labels had SHA-256 {state.Data.Sha256}, " +
                $"now {start.Data.Sha256}; restore the data, or give the spec another name to begin a new sweep.");
        }

        if (state.IsCancelled)
        {
            return UntimedDecision.Reject($"The sweep {here} was cancelled; `advfit resume {here}` takes it up again.");
        }

        if (Conflict(state.Spec, start.Spec) is { } conflict)
        {
            return UntimedDecision.Reject($"The sweep {here} already has {conflict}");
        }

        var merged = SpecExtension.Merge(state.Spec, start.Spec);
        // One that a failure halted is about to end.
        var joins = start.JoinsSession && state is { InSession: true, IsHalted: false };
        SweepEvent[] session = joins ? [] : [new SessionStarted(start.Session) { FailFast = start.FailFast }];
        if (!ReferenceEquals(merged, state.Spec))
        {
            // What housekeeping keeps may change without anything being left to do.
            var extended = new SweepExtended(merged);
            var after = state.Apply(extended, state.Updated);
            return after.Completed == after.Shuffles.Count ? new UntimedDecision(extended)
                : new UntimedDecision([extended, .. joins ? Outdated(state, merged) : [], .. session]);
        }

        return state.Completed == state.Shuffles.Count ? UntimedDecision.Nothing : new UntimedDecision(session);
    }

    /// <summary>Attempts that would conclude without the attacks that are new: others are made, which keep what is done.</summary>
    private static IEnumerable<SweepEvent> Outdated(SweepState state, SweepSpec merged) =>
        merged.Attacks.Length > state.Spec.Attacks.Length
            ? state.Running.Keys.Select(shuffle => new ShuffleReleased(shuffle, state.Shuffle(shuffle).Attempt))
            : [];

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
