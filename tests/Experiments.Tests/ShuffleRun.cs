using AdvFit.Learning.Attacks;
using AdvFit.Learning.Data;
using AdvFit.Learning.Kernels;
using AdvFit.Messages;

namespace AdvFit.Experiments.Tests;

/// <summary>A shuffle with its files and the facts reported so far.</summary>
internal sealed class ShuffleRun(SweepSpec sweep, Dataset data)
{
    public MemoryArtifacts Artifacts { get; } = new();

    public List<ShuffleFact> Facts { get; } = [];

    public ShuffleOutcome Outcome => Facts.OfType<ShuffleEvaluated>().Single().Outcome;

    public ShuffleRecord Record => Facts.Aggregate(ShuffleRecord.Empty, (record, fact) => record.With(fact));

    /// <summary>Names with hashes of all files that are kept.</summary>
    public IEnumerable<string> Hashes => Artifacts.Files.Keys.Order();

    public static string Json(ShuffleOutcome outcome) => System.Text.Json.JsonSerializer.Serialize(outcome);

    public static AttackSpec Attack(string name, int? samples, params (string Parameter, double Value)[] set)
    {
        var profile = AttackCatalog.Get(name).Profiles.Single(profile => profile.Name == "paper");
        var parameters = set.Aggregate(profile.Parameters, (all, one) => all.SetItem(one.Parameter, one.Value));
        return new AttackSpec(name, name, profile.Name, parameters, samples);
    }

    /// <summary>Works on shuffle 2 as attempt 7.</summary>
    public void Execute(
        ShuffleRecord record, int threads = 1, CancellationTokenSource? stop = null,
        CancellationTokenSource? abandon = null, Action<int>? onFact = null,
        Action<ShuffleProgress>? onProgress = null, VectorWidth? width = null) =>
        ShuffleExecutors.Create(new ExperimentMaterials(sweep, data, width), Artifacts, threads).Run(
            new ShuffleAssignment(2, 7, record),
            fact =>
            {
                Facts.Add(fact);
                onFact?.Invoke(Facts.Count);
            },
            onProgress ?? (_ => { }), stop?.Token ?? default, abandon?.Token ?? default);
}
