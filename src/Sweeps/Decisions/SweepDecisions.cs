using System.Collections.Immutable;
using AdvFit.Messages;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Decisions;

/// <summary>All that decides about a sweep. Pure: no input or output, no clock, no randomness.</summary>
public static class SweepDecisions
{
    /// <summary>What happens because of a command.</summary>
    /// <param name="state">The sweep as its journal has it; null where it has none.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time on the host's clock.</param>
    public static Decision Decide(SweepState? state, SweepCommand command, DateTimeOffset now)
    {
        var answer = (state, command) switch
        {
            (null, StartSweep start) => new Answer(
                new SweepPlanned(start.Spec, start.Data), new SessionStarted(start.Session)),
            (null, _) => Answer.Reject("The sweep does not exist; start it first."),
            (_, StartSweep start) => Start(state, start),
            (_, AssignNext) => Assign(state),
            (_, ReportFact report) => FactDecisions.Decide(state, report.Fact),
            (_, StopSession) => state.InSession ? new Answer(new SessionStopped()) : Answer.Nothing,
            _ => throw new ArgumentException($"No such command: {command.GetType().Name}.", nameof(command)),
        };
        var at = state is not null && state.Updated > now ? state.Updated : now;
        return new Decision(answer.Events, at, answer.Rejection);
    }

    private static Answer Start(SweepState state, StartSweep start)
    {
        if (SweepId.Of(start.Spec) is var asked && SweepId.Of(state.Spec) is var here && asked != here)
        {
            return Answer.Reject($"The spec describes the sweep {asked}, which cannot continue as {here}.");
        }

        if (start.Data.Sha256 != state.Data.Sha256)
        {
            return Answer.Reject(
                $"The data changed since the sweep {here} began: its images and labels had SHA-256 {state.Data.Sha256}, " +
                $"now {start.Data.Sha256}; restore the data, or give the spec another name to begin a new sweep.");
        }

        if (FirstConflict(state.Spec, start.Spec) is { } conflict)
        {
            return Answer.Reject(
                $"The sweep {here} already has an attack labelled {conflict.Label} with other parameters; " +
                "give the changed one a `label` of its own.");
        }

        var merged = Merge(state.Spec, start.Spec);
        if (!ReferenceEquals(merged, state.Spec))
        {
            return new Answer(new SweepExtended(merged), new SessionStarted(start.Session));
        }

        return state.Completed == state.Shuffles.Count
            ? Answer.Nothing
            : new Answer(new SessionStarted(start.Session));
    }

    private static Answer Assign(SweepState state)
    {
        if (state.Waiting.IsEmpty)
        {
            return Answer.Nothing;
        }

        if (!state.InSession)
        {
            return Answer.Reject("No session is open; start the sweep again before assigning its shuffles.");
        }

        var number = state.Waiting.Min;
        return new Answer(new ShuffleAssigned(number, state.Shuffle(number).Attempt + 1));
    }

    private static AttackSpec? FirstConflict(SweepSpec here, SweepSpec asked) => asked.Attacks.FirstOrDefault(
        attack => here.Attacks.Any(other => other.Label == attack.Label && !SameMeaning(attack, other)));

    private static bool SameMeaning(AttackSpec a, AttackSpec b) =>
        a.Attack == b.Attack && a.Samples == b.Samples && a.Parameters.Count == b.Parameters.Count
        && a.Parameters.All(parameter =>
            b.Parameters.TryGetValue(parameter.Key, out var value) && value.Equals(parameter.Value));

    /// <summary>
    /// The spec that asks for what both ask for; <paramref name="here"/> itself where that already does. New attacks bring
    /// their order along, so that a sweep extended step by step ends with the spec of one that asked for all at once.
    /// </summary>
    private static SweepSpec Merge(SweepSpec here, SweepSpec asked)
    {
        var added = asked.Attacks.Any(attack => here.Attacks.All(other => other.Label != attack.Label));
        if (!added && asked.Shuffles <= here.Shuffles)
        {
            return here;
        }

        ImmutableArray<AttackSpec> attacks = added
            ? [.. asked.Attacks, .. here.Attacks.Where(other => asked.Attacks.All(attack => attack.Label != other.Label))]
            : here.Attacks;
        return here with { Attacks = attacks, Shuffles = Math.Max(here.Shuffles, asked.Shuffles) };
    }
}

/// <summary>A decision before it has its time.</summary>
internal sealed record Answer(ImmutableArray<SweepEvent> Events, string? Rejection)
{
    public Answer(params SweepEvent[] events)
        : this([.. events], null)
    {
    }

    public static Answer Nothing { get; } = new([], null);

    public static Answer Reject(string sentence) => new([], sentence);
}
