using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Spec;

/// <summary>How a sweep grows by a spec of the same identity.</summary>
public static class SpecExtension
{
    /// <summary>
    /// The spec that asks for what both ask for, and keeps of it what is asked now; <paramref name="here"/> itself where that
    /// already does. New attacks bring their order along, so that a sweep extended step by step ends with the spec of one that asked for all at once.
    /// </summary>
    /// <param name="here">What the sweep asks for.</param>
    /// <param name="asked">What is asked now: attacks of the same label are the same.</param>
    public static SweepSpec Merge(SweepSpec here, SweepSpec asked)
    {
        var added = asked.Attacks.Any(attack => here.Attacks.All(other => other.Label != attack.Label));
        if (!added && asked.Shuffles <= here.Shuffles && asked.Keep == here.Keep)
        {
            return here;
        }

        ImmutableArray<AttackSpec> attacks = added
            ? [.. asked.Attacks, .. here.Attacks.Where(other => asked.Attacks.All(attack => attack.Label != other.Label))]
            : here.Attacks;
        return here with { Attacks = attacks, Shuffles = Math.Max(here.Shuffles, asked.Shuffles), Keep = asked.Keep };
    }
}
