using System.Collections.Immutable;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>
/// A phase of the work on a shuffle. It begins when every stage of the phases before it is done. Its stages are either
/// steps, done one after the other, or named and done in any order.
/// </summary>
/// <param name="Name">The phase, as in <c>attack:deepfool</c>.</param>
/// <param name="Doing">What a shuffle is said to be doing meanwhile, such as <c>attacking</c>.</param>
/// <param name="Steps">Number of steps; 0 where the stages are named.</param>
/// <param name="Items">The named stages; empty where there are steps.</param>
public sealed record WorkflowPhase(string Name, string Doing, int Steps, ImmutableArray<string> Items)
{
    /// <summary>The stages of the phase, in the order in which they are done.</summary>
    public IEnumerable<StageKey> Stages => Steps > 0
        ? Enumerable.Range(1, Steps).Select(step => StageKey.OfStep(Name, step))
        : Items.Select(item => StageKey.OfItem(Name, item));
}

/// <summary>
/// What a sweep asks of each of its shuffles, as data: phases in their order. The last phase is one stage, which concludes
/// the shuffle; it is repeated when a stage before it is added or done again.
/// </summary>
/// <param name="Phases">The phases; at most one of them has steps.</param>
public sealed record Workflow(ImmutableArray<WorkflowPhase> Phases)
{
    /// <summary>The stage that concludes a shuffle.</summary>
    public StageKey Last => StageKey.OfItem(Phases[^1].Name, "");

    /// <summary>Steps of the phase that has steps; 0 without one.</summary>
    public int Steps => Phases.Sum(phase => phase.Steps);

    /// <summary>The workflow that a spec describes.</summary>
    public static Workflow Of(SweepSpec spec) => new(
    [
        .. StageCatalog.Of(spec).Select(stage =>
            new WorkflowPhase(stage.Phase, stage.Doing, stage.StepsOf(spec), stage.ItemsOf(spec))),
    ]);

    /// <summary>The place of a phase in the order; -1 where there is none of that name.</summary>
    public int PlaceOf(string phase)
    {
        for (var place = 0; place < Phases.Length; place++)
        {
            if (Phases[place].Name == phase)
            {
                return place;
            }
        }

        return -1;
    }
}
