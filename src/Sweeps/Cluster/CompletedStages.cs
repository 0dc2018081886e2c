using System.Collections.Immutable;
using AdvFit.Experiments;
using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Cluster;

/// <summary>The completed stages of a shuffle by name, for code without a <see cref="StagePlan"/>.</summary>
/// <param name="Steps">Steps done, such as epochs.</param>
/// <param name="Named">The named stages done, such as <c>attack:deepfool</c>.</param>
public sealed record CompletedStages(int Steps, ImmutableArray<string> Named)
{
    /// <summary>What the sweep counts as done of a shuffle.</summary>
    public static CompletedStages Of(StagePlan plan, StagesDone done) =>
        new(done.Steps, [.. done.Named.Numbers.Select(number => plan.Named[number])]);

    /// <summary>Whether a stage is among them.</summary>
    public bool Has(StageKey stage) => stage.Step > 0 ? stage.Step <= Steps : Named.Contains(stage.ToString());
}
