using System.Text.Json.Serialization;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Cluster;

/// <summary>
/// An event as the actors of a sweep and of its shuffles persist it. That of a sweep has facts in brief, that of a shuffle
/// has them in full; <see cref="SweepEventReader"/> puts the two together.
/// </summary>
/// <param name="At">When it happened, in UTC.</param>
/// <param name="Event">What happened.</param>
public sealed record JournaledEvent(DateTimeOffset At, SweepEvent Event)
{
    /// <summary>The same as a value.</summary>
    [JsonIgnore]
    public TimedEvent Timed => new(At, Event);
}
