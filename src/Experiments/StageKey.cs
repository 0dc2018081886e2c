using System.Globalization;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>
/// Names one stage of the work on a shuffle, the least that is recorded and repeated: <c>train:3</c>,
/// <c>attack:deepfool</c>, <c>evaluate</c>.
/// </summary>
/// <param name="Phase">The phase that it belongs to.</param>
/// <param name="Step">Its number in a phase of steps, from 1; 0 in other phases.</param>
/// <param name="Item">Its name in a phase of named stages; empty where the phase has only the one.</param>
public readonly record struct StageKey(string Phase, int Step, string Item)
{
    /// <summary>A step, such as an epoch.</summary>
    public static StageKey OfStep(string phase, int step) => new(phase, step, "");

    /// <summary>A named stage, such as an attack.</summary>
    public static StageKey OfItem(string phase, string item) => new(phase, 0, item);

    /// <summary>The stage that a fact says is done; null for a fact of another kind.</summary>
    public static StageKey? Of(ShuffleFact fact) => fact switch
    {
        StageCompletion completion => completion.Stage,
        StageFact done => StageCatalog.Of(done)!.KeyOf(done),
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => (Step, Item) switch
    {
        ( > 0, _) => string.Create(CultureInfo.InvariantCulture, $"{Phase}:{Step}"),
        (_, "") => Phase,
        _ => $"{Phase}:{Item}",
    };
}
