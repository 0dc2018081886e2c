using System.Collections.Immutable;
using AdvFit.Learning.Attacks;
using AdvFit.Learning.Attacks.CarliniWagner;
using AdvFit.Learning.Attacks.DeepFool;
using AdvFit.Learning.Attacks.Fgsm;

namespace AdvFit.Learning.Tests.Attacks;

/// <summary>Random images for a classifier, and what it makes of images.</summary>
internal static class Samples
{
    public static readonly ImageShape Shape = new(2, 3, 3);

    /// <summary>
    /// Every attack with every profile, with fewer iterations where there are thousands, and some settings that no profile has.
    /// </summary>
    public static IEnumerable<(string Name, IAttack Attack)> AllAttacks()
    {
        foreach (var attack in AttackCatalog.Attacks)
        {
            foreach (var profile in attack.Profiles)
            {
                yield return ($"{attack.Name} {profile.Name}", attack.Create(Shortened(profile.Parameters)));
            }
        }

        yield return ("carlini-wagner to the last iteration", Attack.With(new CarliniWagnerParameters
        {
            Confidence = 0.1,
            InitialConstant = 0.1,
            MaxIterations = 7,
            LearningRate = 0.1,
            LineSearch = false,
        }));
        yield return ("fgsm refined from one step", Attack.With(new FgsmParameters { Epsilon = 0.5, RefinementSteps = 5 }));
        yield return (
            "deepfool of two classes",
            Attack.With(new DeepFoolParameters { MaxIterations = 20, Candidates = 2, Overshoot = 0.02 }));
        yield return (
            "deepfool of one step",
            Attack.With(new DeepFoolParameters { MaxIterations = 1, Overshoot = 0.1, OvershootEachStep = true }));
    }

    private static ImmutableSortedDictionary<string, double> Shortened(ImmutableSortedDictionary<string, double> profile)
    {
        (string Parameter, double Most)[] limits = [("binary_search_steps", 4), ("query_budget", 300)];
        foreach (var (parameter, most) in limits)
        {
            if (profile.TryGetValue(parameter, out var value))
            {
                profile = profile.SetItem(parameter, Math.Min(value, most))
                    .SetItem("max_iterations", Math.Min(profile["max_iterations"], 20));
            }
        }

        return profile;
    }

    /// <summary>Whether an attack takes gradients. One that only asks for predictions may put noise into every lane.</summary>
    public static bool FollowsGradients(IAttack attack)
    {
        var random = new Random(1);
        var classifier = HiddenLayerClassifier.Random(random, Shape, hidden: 8, classes: 4);
        var images = Images(random, Shape, 1);
        return attack.Craft(classifier, images, [(byte)ArgMax(Logits(classifier, images))]).Gradients[0] > 0;
    }

    /// <summary>Pixels in [0, 1], now and then on its edge.</summary>
    public static float[] Images(Random random, ImageShape shape, int count) =>
        [.. Enumerable.Range(0, count * shape.Length).Select(_ => random.Next(8) switch
        {
            0 => 0f,
            1 => 1f,
            _ => random.NextSingle(),
        })];

    /// <summary>Labels that are mostly the classifier's own predictions, so that there is something to attack.</summary>
    public static byte[] Labels(Random random, IDifferentiableClassifier classifier, float[] images)
    {
        var length = classifier.Shape.Length;
        return [.. Enumerable.Range(0, images.Length / length).Select(image =>
            random.Next(6) == 0
                ? (byte)random.Next(classifier.Classes)
                : (byte)ArgMax(Logits(classifier, images.AsSpan(image * length, length))))];
    }

    /// <summary>Logits of one image, alone in a fresh tile.</summary>
    public static float[] Logits(IDifferentiableClassifier classifier, ReadOnlySpan<float> image)
    {
        var tile = classifier.CreateTile();
        for (var i = 0; i < image.Length; i++)
        {
            tile.Pixels[i * tile.Lanes] = image[i];
        }

        tile.Forward();
        var logits = new float[classifier.Classes];
        for (var k = 0; k < logits.Length; k++)
        {
            logits[k] = tile.Logits[k * tile.Lanes];
        }

        return logits;
    }

    /// <summary>Derivative by the pixels of the dot product of the logits with a seed, for one image alone.</summary>
    public static float[] Gradient(IDifferentiableClassifier classifier, ReadOnlySpan<float> image, float[] seed)
    {
        var tile = classifier.CreateTile();
        for (var i = 0; i < image.Length; i++)
        {
            tile.Pixels[i * tile.Lanes] = image[i];
        }

        tile.Forward();
        for (var k = 0; k < seed.Length; k++)
        {
            tile.LogitGradients[k * tile.Lanes] = seed[k];
        }

        tile.Backward();
        var gradient = new float[image.Length];
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = tile.PixelGradients[i * tile.Lanes];
        }

        return gradient;
    }

    public static int ArgMax(float[] logits) => Array.IndexOf(logits, logits.Max());
}
