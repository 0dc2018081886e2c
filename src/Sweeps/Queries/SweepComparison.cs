using System.Collections.Immutable;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Housekeeping;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Queries;

/// <summary>Says what a spec changes about the sweeps that there are, and what of them is used again.</summary>
public static class SweepComparison
{
    /// <summary>
    /// What running a spec changes about the sweep that it describes, and what is not done again; null where it changes
    /// nothing.
    /// </summary>
    /// <param name="here">The sweep as it is.</param>
    /// <param name="asked">The spec, of the same sweep.</param>
    public static string? OfExtension(SweepState here, SweepSpec asked)
    {
        var merged = SpecExtension.Merge(here.Spec, asked);
        if (ReferenceEquals(merged, here.Spec))
        {
            return null;
        }

        List<string> added = [];
        if (merged.Shuffles > here.Spec.Shuffles)
        {
            added.Add($"shuffles {here.Spec.Shuffles + 1} to {merged.Shuffles}");
        }

        var labels = merged.Attacks.Select(attack => attack.Label).Except(here.Spec.Attacks.Select(attack => attack.Label)).ToList();
        if (labels.Count > 0)
        {
            added.Add($"{(labels.Count == 1 ? "the attack" : "the attacks")} {string.Join(", ", labels)}");
        }

        List<string> changes = [];
        if (added.Count > 0)
        {
            changes.Add($"adds {string.Join(" and ", added)}; what is done is used again: {Done(here)}");
        }

        if (labels.Count > 0 && here.Spec.Keep != default)
        {
            changes.Add("files that were freed are computed again first");
        }

        if (merged.Keep != here.Spec.Keep)
        {
            changes.Add($"`advfit gc` is to keep {DiscardableFiles.Describe(merged.Keep)}");
        }

        return string.Join("; ", changes);
    }

    /// <summary>
    /// Why a spec begins a sweep of its own although the store has one of the same name: what differs, field by field, and
    /// that nothing can be used again. Null where no sweep has the name.
    /// </summary>
    /// <param name="sameName">The sweeps of the spec's name by id, the latest begun first.</param>
    /// <param name="asked">The spec, of none of these.</param>
    public static string? OfNewSweep(ImmutableArray<(string Id, SweepSpec Spec)> sameName, SweepSpec asked)
    {
        if (sameName.IsEmpty)
        {
            return null;
        }

        var (id, spec) = sameName
            .OrderBy(sweep => SpecDifferences.OfIdentity(sweep.Spec, asked).Length).First();
        return $"a sweep of its own: unlike {id} in {SpecDifferences.Describe(SpecDifferences.OfIdentity(spec, asked))}, "
            + "so that nothing of that one can be used again";
    }

    /// <summary>Stages done of every phase but the last, which is repeated for what is added.</summary>
    private static string Done(SweepState here) => string.Join(", ", here.Plan.Workflow.Phases.SkipLast(1).Select(phase =>
        $"{phase.Name} {here.Shuffles.Sum(shuffle => phase.Steps > 0
            ? shuffle.Done.Steps
            : phase.Stages.Count(stage => here.Plan.Has(shuffle.Done, stage)))}"));
}
