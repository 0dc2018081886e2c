using AdvFit.Learning.Attacks;

namespace AdvFit.Learning.Tests.Attacks;

/// <summary>Attacks made of their typed parameters, with the random draws of each image those of its place in the call.</summary>
internal static class Attack
{
    public static IAttack With<TParameters>(TParameters parameters)
        where TParameters : notnull =>
        AttackCatalog.Attacks.OfType<AttackDefinition<TParameters>>().Single().Create(parameters);

    public static AttackResult Craft(
        this IAttack attack, IDifferentiableClassifier classifier, float[] images, byte[] labels,
        CancellationToken cancellation = default) =>
        attack.Craft(classifier, images, labels, SampleStreams.Numbered(labels.Length), cancellation);
}
