namespace AdvFit.Web.Tests;

/// <summary>Small real sweeps, run once for all tests, with their reports.</summary>
public sealed class SmallSweeps : IDisposable
{
    private const string Spec = """
        name: small
        dataset: fashion-mnist-mini
        subsample: { train: 1000, test: 300 }
        network: lenet5
        training: { epochs: 10 }
        attacks: [fgsm, { attack: deepfool, label: "deepfool-far", set: { overshoot: 0.05 } }, { attack: hopskipjump, samples: 5, set: { max_iterations: 3 } }]
        shuffles: 4
        seed: 7
        """;

    private const string KnnSpec = """
        name: small-knn
        dataset: fashion-mnist-mini
        subsample: { train: 2000, test: 600 }
        classifier: knn
        neighbours: { z: 7, ties: smallest }
        network: lenet5
        training: { epochs: 3 }
        attacks: [fgsm, deepfool]
        shuffles: 4
        seed: 7
        """;

    public SmallSweeps()
    {
        Sweep = Make(Spec);
        Other = Make(Spec.Replace("small", "other", StringComparison.Ordinal)
            .Replace("epochs: 10", "epochs: 6", StringComparison.Ordinal)
            .Replace("seed: 7", "seed: 8", StringComparison.Ordinal));
        Knn = Make(KnnSpec);
        Report = MakeReport("report.html", Sweep);
        KnnReport = MakeReport("knn.html", Knn);
        Comparison = MakeReport("comparison.html", Sweep, Other);
    }

    public Program Program { get; } = new();

    public string Sweep { get; }

    public string Other { get; }

    /// <summary>A k-NN sweep.</summary>
    public string Knn { get; }

    /// <summary>Address of the report of one sweep.</summary>
    public string Report { get; }

    /// <summary>Address of the report of the k-NN sweep.</summary>
    public string KnnReport { get; }

    /// <summary>Address of the report of the first two.</summary>
    public string Comparison { get; }

    public void Dispose() => Program.Dispose();

    private static string NameOf(string spec) => spec.Split('\n')[0]["name: ".Length..].Trim();

    private string Make(string spec)
    {
        var path = Path.Combine(Program.Folder, NameOf(spec) + ".yaml");
        File.WriteAllText(path, spec);
        Program.Run("run", path, "--plain");
        return NameOf(spec);
    }

    private string MakeReport(string file, params string[] sweeps)
    {
        Program.Run(["report", .. sweeps, "-o", file]);
        return new Uri(Path.Combine(Program.Folder, file)).AbsoluteUri;
    }
}

/// <summary>Tests that need the browser and the sweeps.</summary>
[CollectionDefinition(Name)]
public sealed class InTheBrowser : ICollectionFixture<Chromium>, ICollectionFixture<SmallSweeps>
{
    public const string Name = "in the browser";
}
