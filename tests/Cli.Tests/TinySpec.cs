namespace AdvFit.Cli.Tests;

/// <summary>A sweep of a second or two.</summary>
public static class TinySpec
{
    public const string Name = "tiny";

    public const string Text = """
        name: tiny
        dataset: fashion-mnist-mini
        subsample: { train: 200, test: 100 }
        network: lenet5
        training: { epochs: 2 }
        attacks: [fgsm, { attack: deepfool, samples: 20 }]
        shuffles: 3
        seed: 7
        """;
}
