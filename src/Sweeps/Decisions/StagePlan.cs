using System.Collections.Immutable;
using AdvFit.Experiments;

namespace AdvFit.Sweeps.Decisions;

/// <summary>
/// The stages of a sweep, numbered so that what is done of a shuffle fits into a count and some bits. A stage keeps its
/// number for ever: an extension of the sweep adds numbers at the end, wherever the stage comes in the order of work.
/// </summary>
public sealed class StagePlan
{
    private readonly ImmutableArray<string> _named;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ImmutableArray<StageSet> _phases;
    private readonly StageSet _all;

    private StagePlan(Workflow workflow, ImmutableArray<string> named)
    {
        (Workflow, _named) = (workflow, named);
        for (var number = 0; number < named.Length; number++)
        {
            _numbers.Add(named[number], number);
        }

        _phases = [.. workflow.Phases.Select(phase => phase.Steps > 0 ? StageSet.None : Numbers(phase.Stages))];
        _all = _phases.Aggregate(StageSet.None, (all, phase) => all.Union(phase));
    }

    /// <summary>What the sweep asks of each shuffle.</summary>
    public Workflow Workflow { get; }

    /// <summary>The named stages, in the order of their numbers.</summary>
    public ImmutableArray<string> Named => _named;

    /// <summary>The plan of a new sweep.</summary>
    public static StagePlan Of(Workflow workflow) => Of(workflow, []);

    /// <summary>The plan of a sweep that was extended: stages it had before keep their numbers.</summary>
    /// <param name="workflow">The workflow of the sweep's present spec.</param>
    /// <param name="known">The named stages until now, in the order of their numbers.</param>
    public static StagePlan Of(Workflow workflow, ImmutableArray<string> known) => new(
        workflow,
        [
            .. known,
            .. workflow.Phases.Where(phase => phase.Steps == 0).SelectMany(phase => phase.Stages)
                .Select(stage => stage.ToString()).Except(known),
        ]);

    /// <summary>Whether this stage is done.</summary>
    public bool Has(StagesDone done, StageKey stage) => stage.Step > 0
        ? stage.Step <= done.Steps
        : _numbers.TryGetValue(stage.ToString(), out var number) && done.Named.Contains(number);

    /// <summary>Whether every stage of the sweep's workflow is done.</summary>
    public bool HasAll(StagesDone done) => done.Steps >= Workflow.Steps && done.Named.ContainsAll(_all);

    /// <summary>What is done, with one stage more. A step that is done again takes none of those after it away.</summary>
    /// <exception cref="InvalidOperationException">There is no such stage.</exception>
    public StagesDone With(StagesDone done, StageKey stage) => stage.Step > 0
        ? done with { Steps = Math.Max(done.Steps, stage.Step) }
        : _numbers.TryGetValue(stage.ToString(), out var number) ? done with { Named = done.Named.With(number) }
        : throw new InvalidOperationException($"The sweep has no stage {stage}.");

    /// <summary>What is done, without the stages of which this is true. Steps go from the end, as each rests on those before.</summary>
    public StagesDone Without(StagesDone done, Func<StageKey, bool> dropped)
    {
        foreach (var phase in Workflow.Phases)
        {
            foreach (var stage in phase.Stages.Where(dropped))
            {
                done = stage.Step > 0
                    ? done with { Steps = Math.Min(done.Steps, stage.Step - 1) }
                    : done with { Named = done.Named.Without(_numbers[stage.ToString()]) };
            }
        }

        return done;
    }

    /// <summary>What a shuffle does next: the first stage that is not done; null where all are.</summary>
    public StageKey? Next(StagesDone done)
    {
        for (var place = 0; place < Workflow.Phases.Length; place++)
        {
            var phase = Workflow.Phases[place];
            if (phase.Steps > 0 && done.Steps < phase.Steps)
            {
                return StageKey.OfStep(phase.Name, done.Steps + 1);
            }

            if (phase.Steps == 0 && !done.Named.ContainsAll(_phases[place]))
            {
                return phase.Stages.First(stage => !Has(done, stage));
            }
        }

        return null;
    }

    /// <summary>Why a stage cannot be done now, as the end of a sentence; null where it can.</summary>
    public string? Fault(StagesDone done, StageKey stage)
    {
        var place = Workflow.PlaceOf(stage.Phase);
        if (place < 0)
        {
            return $"the sweep has no stage {stage}.";
        }

        var phase = Workflow.Phases[place];
        if (phase.Steps > 0 ? stage.Step > phase.Steps || stage.Step < 1 : !phase.Items.Contains(stage.Item))
        {
            return $"the sweep has no stage {stage}" + (phase.Steps > 0 ? $"; it has {phase.Steps} of {phase.Name}." : ".");
        }

        for (var before = 0; before < place; before++)
        {
            if (Workflow.Phases[before] is { Steps: > 0 } steps && done.Steps < steps.Steps)
            {
                return $"{stage} was reported when only {done.Steps} of {steps.Steps} of {steps.Name} were done.";
            }

            if (!done.Named.ContainsAll(_phases[before]))
            {
                return $"{stage} was reported before {Workflow.Phases[before].Stages.First(other => !Has(done, other))}.";
            }
        }

        return stage.Step > done.Steps + 1 && phase.Steps > 0
            ? $"{stage} was reported before {StageKey.OfStep(phase.Name, done.Steps + 1)}."
            : null;
    }

    private StageSet Numbers(IEnumerable<StageKey> stages) =>
        stages.Aggregate(StageSet.None, (set, stage) => set.With(_numbers[stage.ToString()]));
}
