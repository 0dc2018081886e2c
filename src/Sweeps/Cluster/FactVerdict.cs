using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Cluster;

/// <summary>The answer to a node's fact once the sweep has decided about it.</summary>
public static class FactVerdict
{
    /// <summary>The answer to a fact that was not refused.</summary>
    /// <param name="state">The sweep after it.</param>
    /// <param name="fact">The fact.</param>
    public static IWireMessage Of(SweepState state, ShuffleFact fact)
    {
        var shuffle = state.Shuffle(fact.Shuffle);
        if (shuffle.Attempt != fact.Attempt)
        {
            return new AttemptFenced();
        }

        // A fact told again changes nothing, and is answered as it was at first.
        var counts = StageKey.Of(fact) is { } stage ? state.Plan.Has(shuffle.Done, stage) : !shuffle.IsRunning;
        return counts ? new FactAccepted() : new AttemptFenced();
    }
}
