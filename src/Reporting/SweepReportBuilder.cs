using System.Collections.Immutable;
using System.Text.Json;
using AdvFit.Analysis;
using AdvFit.Analysis.Json;
using AdvFit.Experiments;
using AdvFit.Learning.Data;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;

namespace AdvFit.Reporting;

/// <summary>Builds the report on one sweep from its results, its provenance and its files.</summary>
/// <param name="source">The source of the sweep.</param>
/// <param name="details">The state and history of the sweep.</param>
/// <param name="results">Its results.</param>
public sealed class SweepReportBuilder(ISweepSource source, SweepDetails details, SweepResults results)
{
    private const string NoImages = "Images are in the report that `advfit report` writes.";

    private readonly SweepCatalog _catalog = new(source);
    private readonly IArtifactStore _artifacts = source.ArtifactsOf(details.Id);
    private readonly List<string> _warnings = [];

    private SweepState State => details.State;

    /// <summary>The full report. Missing files become warnings in it.</summary>
    /// <param name="loadData">Loads the sweep's data set; null leaves the images out.</param>
    /// <exception cref="InvalidDataException">An intact file of the sweep is not what the journal says.</exception>
    public SweepReport Build(Func<Dataset>? loadData)
    {
        var outcomes = _catalog.Outcomes(details.Id, State).ToImmutableArray();
        var completed = outcomes.Select(outcome => _catalog.Record(details.Id, outcome.Shuffle)).ToImmutableArray();
        var norms = NormDistributions.Of(State.Spec.Attacks.Select(attack => (attack.Label, ReadNorms(attack, completed))));
        var (gallery, reason) = completed.IsEmpty
            ? (null, "No shuffle is completed yet.")
            : loadData is null ? (null, NoImages)
            : ReadGallery(outcomes[0], completed[0], loadData);
        return Report(outcomes, norms, Files()) with { Gallery = gallery, GalleryReason = reason };
    }

    /// <summary>The report without what needs the sweep's files: norms, gallery and their number and size.</summary>
    public SweepReport BuildWithoutFiles() => Report([.. _catalog.Outcomes(details.Id, State)], norms: [], files: null) with
    {
        GalleryReason = NoImages,
    };

    private SweepReport Report(
        ImmutableArray<ShuffleOutcome> outcomes, ImmutableArray<NormDistribution> norms, List<Artifact>? files) => new(
        details.Id,
        details.Status.Word(),
        ResultsElement(),
        ReportProvenance(files),
        [.. State.Spec.Attacks.Select(AttackSources.Of)],
        norms,
        ShuffleCountSensitivity.Of(State.Spec, State.Data, outcomes),
        null,
        null,
        [.. _warnings]);

    private JsonElement ResultsElement()
    {
        using var document = JsonDocument.Parse(ResultsJson.Write(results));
        return document.RootElement.Clone();
    }

    private double[] ReadNorms(AttackSpec attack, ImmutableArray<ShuffleRecord> completed)
    {
        var norms = new List<double>();
        foreach (var shuffle in completed)
        {
            var crafted = Crafted(shuffle, attack);
            if (CraftedSet.Read(_artifacts, crafted) is { } set && Kept(shuffle, attack, set) is { } kept)
            {
                norms.AddRange(set.L2.Where((_, place) => kept[place]));
            }
            else
            {
                _warnings.Add($"A file of {attack.Label}, such as {crafted.Samples.Path}, is missing or damaged, so its norms are not in the distributions; run the sweep again and it is computed anew.");
            }
        }

        return [.. norms];
    }

    private (Gallery? Gallery, string? Reason) ReadGallery(
        ShuffleOutcome outcome, ShuffleRecord shuffle, Func<Dataset> loadData)
    {
        if (State.Spec.Attacks.IsEmpty)
        {
            return (null, "The sweep has no attack.");
        }

        if (State.Spec.Attacks.Any(attack => shuffle.Freed.Contains(Crafted(shuffle, attack).Adversarial.Path)))
        {
            return (null, "The adversarial images were given up to save space; what was measured of them is all here.");
        }

        Dataset data;
        try
        {
            data = loadData();
        }
        catch (DatasetException error)
        {
            return (null, $"The originals are not at hand: {error.Message}");
        }

        if (data.Provenance.Sha256 != State.Data.Sha256)
        {
            return (null, "The data set at hand is not the one that the sweep ran on: its SHA-256 differs.");
        }

        var attacks = ImmutableArray.CreateBuilder<GalleryBuilder.AttackImages>();
        foreach (var attack in State.Spec.Attacks)
        {
            var crafted = Crafted(shuffle, attack);
            if (CraftedSet.Read(_artifacts, crafted) is { } set && CraftedSet.ReadPixels(_artifacts, crafted) is { } pixels
                && Kept(shuffle, attack, set) is { } kept)
            {
                attacks.Add(new GalleryBuilder.AttackImages(attack.Label, set, kept, pixels));
            }
            else
            {
                _warnings.Add($"{crafted.Adversarial.Path} is missing or damaged, so {attack.Label} is not in the gallery; run the sweep again and it is computed anew.");
            }
        }

        return new GalleryBuilder(data, attacks.ToImmutable()).Make(outcome) is { } gallery
            ? (gallery, null)
            : (null, attacks.Count < State.Spec.Attacks.Length
                ? "The files of adversarial images are not all there; the warnings name them."
                : "No attack has an adversarial example in the first completed shuffle.");
    }

    /// <summary>
    /// Which of an attack's successes are its adversarial set: all, or those that Z-NN gets wrong as well (paper, section 4.1).
    /// Null where the file that says so is not intact.
    /// </summary>
    private bool[]? Kept(ShuffleRecord shuffle, AttackSpec attack, CraftedSet set)
    {
        if (State.Spec.Knn is null)
        {
            return [.. set.Indices.Select(_ => true)];
        }

        var found = shuffle.Of<NeighboursFound>().Single(neighbours => neighbours.Subset == attack.Label);
        return _artifacts.TryRead(found.Neighbours, out var file)
            ? KnnPredictions.Read(file, found.Neighbours).WrongAtZ()
            : null;
    }

    private static AttackCrafted Crafted(ShuffleRecord shuffle, AttackSpec attack) =>
        shuffle.Of<AttackCrafted>().Single(crafted => crafted.Outcome.Attack == attack.Label);

    private List<Artifact> Files() =>
    [
        .. Enumerable.Range(1, State.Shuffles.Count)
            .SelectMany(shuffle => _catalog.Record(details.Id, shuffle).Files.Select(file => file.File)),
    ];

    private ReportProvenance ReportProvenance(List<Artifact>? files) => new(
        State.Created,
        State.Updated,
        details.History.Interruptions,
        [.. details.History.Sessions.Select(Describe)],
        [.. details.History.Stages.Select(stage => new ProvenanceStage(
            stage.Stage, stage.Count, stage.Cost.WallSeconds, stage.Cost.CpuSeconds))],
        [.. State.Shuffles.Select(shuffle => shuffle.Attempt)],
        files?.Count,
        files?.Sum(file => file.Bytes));

    private static ProvenanceSession Describe(SessionHistory session) => new(
        session.Began, session.LastActive, session.Ending.ToString().ToLowerInvariant(), session.Provenance.Version,
        session.Provenance.Commit, session.Provenance.System, session.Provenance.Processor, session.Provenance.Slots);
}
