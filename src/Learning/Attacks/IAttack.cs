namespace AdvFit.Learning.Attacks;

/// <summary>An attack with its parameters fixed. Stateless and thread-safe.</summary>
public interface IAttack
{
    /// <summary>
    /// Crafts one adversarial example per image, on the calling thread, in a tile of its own. What becomes of an image
    /// does not depend on the others (design rule 2); success is what a fresh forward pass of the stored pixels says
    /// (rule 3). A failed sample keeps its last iterate, or its original pixels, as the attack says.
    /// </summary>
    /// <param name="classifier">The victim.</param>
    /// <param name="images">Pixels in [0, 1], [image][channel][row][column].</param>
    /// <param name="labels">True class of each image.</param>
    /// <param name="streams">Where each image's random draws come from; attacks that draw nothing ignore it.</param>
    /// <param name="cancellation">Stops the attack between iterations; nothing is returned then.</param>
    /// <exception cref="ArgumentException">A pixel is not a number or outside [0, 1], a label is no class, or lengths differ.</exception>
    AttackResult Craft(
        IDifferentiableClassifier classifier, ReadOnlySpan<float> images, ReadOnlySpan<byte> labels,
        SampleStreams streams, CancellationToken cancellation = default);
}
