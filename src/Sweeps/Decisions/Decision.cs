using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Decisions;

/// <summary>
/// The answer to a command: events to record, all or none; or a rejection. No events and no rejection: there was nothing
/// to do, such as for a fact that came late or twice.
/// </summary>
/// <param name="Events">To be appended to the journal, in this order.</param>
/// <param name="At">The time to record them with: now, but never before the events already there.</param>
/// <param name="Rejection">Why the command is refused, in a sentence for a person; else null.</param>
public sealed record Decision(ImmutableArray<SweepEvent> Events, DateTimeOffset At, string? Rejection)
{
    /// <summary>Whether the command is refused.</summary>
    public bool IsRejected => Rejection is not null;
}
