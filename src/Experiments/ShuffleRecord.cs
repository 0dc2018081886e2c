using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AdvFit.Messages;

namespace AdvFit.Experiments;

/// <summary>What the journal already holds of a shuffle: the facts of the stages that need not be repeated.</summary>
[JsonConverter(typeof(ShuffleRecordConverter))]
public sealed record ShuffleRecord
{
    /// <summary>The record of a shuffle of which no stage is done.</summary>
    public static ShuffleRecord Empty { get; } = new();

    /// <summary>Facts of the stages that are done: kind by kind in the order of the catalog, and of one kind as they came.</summary>
    public ImmutableArray<StageFact> Facts { get; private init; } = [];

    /// <summary>Paths of the files that were given up to save space.</summary>
    public ImmutableHashSet<string> Freed { get; init; } = [];

    /// <summary>The files that are kept, with the stages that they are of: of optimizer states only the latest.</summary>
    public IEnumerable<RecordedFile> Files
    {
        get
        {
            var latest = Facts.LastOrDefault(fact => StageKey.Of(fact) is { Step: > 0 });
            return
                from fact in Facts
                let stage = StageCatalog.Of(fact)!
                from file in stage.FilesOf(fact)
                where file.Role != FileRole.Optimizer || ReferenceEquals(fact, latest)
                where !Freed.Contains(file.File.Path)
                select new RecordedFile(stage.KeyOf(fact), file.File) { Role = file.Role };
        }
    }

    /// <summary>The stages that are done.</summary>
    public IEnumerable<StageKey> Stages => Facts.Select(fact => StageKey.Of(fact)!.Value);

    /// <summary>The facts of one kind, in the order in which they came.</summary>
    public ImmutableArray<TFact> Of<TFact>()
        where TFact : StageFact => [.. Facts.OfType<TFact>()];

    /// <summary>
    /// The record with one more stage, or one that was done again. The fact of a stage that concludes a shuffle, or of no
    /// stage, changes nothing.
    /// </summary>
    public ShuffleRecord With(ShuffleFact fact) => StageCatalog.Of(fact) is { RecordMember: not null } stage
        ? this with
        {
            Facts = Put((StageFact)fact, stage),
            Freed = Freed.Except(stage.FilesOf((StageFact)fact).Select(file => file.File.Path)),
        }
        : this;

    /// <summary>The record without the stages of which this is true.</summary>
    public ShuffleRecord Without(Func<StageKey, bool> dropped) =>
        this with { Facts = Facts.RemoveAll(fact => dropped(StageKey.Of(fact)!.Value)) };

    /// <summary>The record when these files were given up.</summary>
    public ShuffleRecord WithoutFiles(IEnumerable<string> paths) => this with { Freed = Freed.Union(paths) };

    private ImmutableArray<StageFact> Put(StageFact fact, StageDefinition stage)
    {
        var (key, place, end) = (stage.KeyOf(fact), StageCatalog.PlaceOf(fact), 0);
        for (var i = 0; i < Facts.Length; i++)
        {
            if (StageKey.Of(Facts[i]) == key)
            {
                return Facts.SetItem(i, fact);
            }

            end = StageCatalog.PlaceOf(Facts[i]) <= place ? i + 1 : end;
        }

        return Facts.Insert(end, fact);
    }
}

/// <summary>A file of a stage that a shuffle record holds.</summary>
/// <param name="Stage">The stage that wrote it.</param>
/// <param name="File">The file.</param>
public readonly record struct RecordedFile(StageKey Stage, Artifact File)
{
    /// <summary>What it is kept for.</summary>
    public FileRole Role { get; init; }
}
