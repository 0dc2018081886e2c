using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>
/// A kind of stage: the phase that its stages make up, the fact that reports one of them, the files that it writes, and
/// how its fact is stored and shown.
/// </summary>
/// <param name="phase">Name of the phase, such as <c>attack</c>.</param>
/// <param name="doing">What a shuffle is said to be doing meanwhile, such as <c>attacking</c>.</param>
/// <param name="factName">Name and version of the fact in journals. A name once used keeps its meaning for ever.</param>
/// <param name="factJson">JSON of the fact.</param>
/// <param name="keyPath">
/// Where the JSON of the fact has the stage's step or item: names of members, the outermost first. Empty where the phase is
/// one stage.
/// </param>
public abstract class StageDefinition(
    string phase, string doing, string factName, JsonTypeInfo factJson, ImmutableArray<string> keyPath)
{
    /// <summary>Name of the phase.</summary>
    public string Phase => phase;

    /// <summary>What a shuffle is said to be doing meanwhile.</summary>
    public string Doing => doing;

    /// <summary>Name and version of the fact in journals.</summary>
    public string FactName => factName;

    /// <summary>JSON of the fact.</summary>
    public JsonTypeInfo FactJson => factJson;

    /// <summary>Where the JSON of the fact has the stage's step or item.</summary>
    public ImmutableArray<string> KeyPath => keyPath;

    /// <summary>
    /// The member of a shuffle record's JSON that lists the facts. Null for the stage that concludes a shuffle: no later
    /// attempt takes its fact over.
    /// </summary>
    public virtual string? RecordMember => null;

    /// <summary>Number of steps; 0 where the stages are named.</summary>
    public virtual int StepsOf(SweepSpec spec) => 0;

    /// <summary>Names of the stages; one empty name where the phase is one stage, none where it has steps.</summary>
    public virtual ImmutableArray<string> ItemsOf(SweepSpec spec) => [""];

    /// <summary>The stage of a step, by its number, or of an item.</summary>
    public virtual StageKey Key(int number, string item) => new(phase, number, item);

    /// <summary>The stage that a fact of this kind reports.</summary>
    public abstract StageKey KeyOf(StageFact fact);

    /// <summary>The files that a fact of this kind names.</summary>
    public abstract IEnumerable<StageFile> FilesOf(StageFact fact);

    /// <summary>
    /// The result in a few words for a line of progress, with numbers as arguments; real ones are shown to a few digits.
    /// Null where there is no such line.
    /// </summary>
    public abstract FormattableString? Describe(StageFact fact, SweepSpec spec);
}

/// <summary>A kind of stage that a type of fact reports.</summary>
/// <inheritdoc cref="StageDefinition"/>
public abstract class StageDefinition<TFact>(
    string phase, string doing, string factName, JsonTypeInfo<TFact> factJson, params ImmutableArray<string> keyPath)
    : StageDefinition(phase, doing, factName, factJson, keyPath)
    where TFact : StageFact
{
    /// <inheritdoc/>
    public sealed override StageKey KeyOf(StageFact fact) => Key(StepOf((TFact)fact), ItemOf((TFact)fact));

    /// <inheritdoc/>
    public sealed override IEnumerable<StageFile> FilesOf(StageFact fact) => FilesOf((TFact)fact);

    /// <inheritdoc/>
    public sealed override FormattableString? Describe(StageFact fact, SweepSpec spec) => Describe((TFact)fact, spec);

    /// <summary>The step that a fact reports, from 1; 0 where the stages are named.</summary>
    protected virtual int StepOf(TFact fact) => 0;

    /// <summary>The item that a fact reports; empty where there is none.</summary>
    protected virtual string ItemOf(TFact fact) => "";

    /// <inheritdoc cref="StageDefinition.FilesOf"/>
    protected virtual IEnumerable<StageFile> FilesOf(TFact fact) => [];

    /// <inheritdoc cref="StageDefinition.Describe"/>
    protected virtual FormattableString? Describe(TFact fact, SweepSpec spec) => null;
}
