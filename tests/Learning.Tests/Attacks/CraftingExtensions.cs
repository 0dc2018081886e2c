using AdvFit.Learning.Attacks;

namespace AdvFit.Learning.Tests.Attacks;

/// <summary>Crafting for tests in which each image's random draws are those of its place in the call.</summary>
internal static class CraftingExtensions
{
    public static AttackResult Craft(
        this IAttack attack, IDifferentiableClassifier classifier, float[] images, byte[] labels,
        CancellationToken cancellation = default) =>
        attack.Craft(classifier, images, labels, SampleStreams.Numbered(labels.Length), cancellation);
}
