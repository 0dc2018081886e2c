namespace AdvFit.Cluster.Tests;

/// <summary>The sweeps of these tests.</summary>
internal static class Specs
{
    public const int Shuffles = 8;
    public const int Epochs = 6;

    /// <summary>Long enough to be interrupted: some seconds a shuffle.</summary>
    public const string Interrupted = """
        name: interrupted
        dataset: fashion-mnist-mini
        subsample: { train: 3000, test: 600 }
        network: lenet5
        training: { epochs: 6 }
        attacks: [fgsm, { attack: deepfool, samples: 100 }, { attack: hopskipjump, samples: 4 }]
        shuffles: 8
        seed: 11
        """;

    /// <summary>What it finds on one machine.</summary>
    public static Lazy<byte[]> InterruptedResults { get; } = new(() => LocalRun.Results(Interrupted));
}
