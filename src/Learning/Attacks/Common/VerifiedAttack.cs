namespace AdvFit.Learning.Attacks.Common;

/// <summary>What every attack does around its own loop: check the input, attack in a tile, verify the result.</summary>
/// <param name="loop">Makes the attack's loop over an active set, whose random draws come from the streams.</param>
internal sealed class VerifiedAttack(Func<ActiveSet, SampleStreams, TileAttack> loop) : IAttack
{
    /// <inheritdoc/>
    public AttackResult Craft(
        IDifferentiableClassifier classifier, ReadOnlySpan<float> images, ReadOnlySpan<byte> labels,
        SampleStreams streams, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        CheckInput(classifier, images, labels, streams);
        cancellation.ThrowIfCancellationRequested();
        var results = images.ToArray();
        var set = new ActiveSet(classifier, results, labels.ToArray());
        loop(set, streams).Run(cancellation);
        return Verification.Verify(set.Tile, images, results, labels, set.Queries, set.Gradients);
    }

    private static void CheckInput(
        IDifferentiableClassifier classifier, ReadOnlySpan<float> images, ReadOnlySpan<byte> labels,
        SampleStreams streams)
    {
        var length = classifier.Shape.Length;
        if (classifier.Classes is < 2 or > 256)
        {
            throw new ArgumentException(
                $"The classifier has {classifier.Classes} classes; attacks need 2 to 256.", nameof(classifier));
        }

        if (images.Length != labels.Length * length)
        {
            throw new ArgumentException(
                $"{labels.Length} labels need {labels.Length} images of {classifier.Shape}, "
                + $"{labels.Length * length} pixels, but there are {images.Length}.",
                nameof(images));
        }

        if (streams.Samples.Length != labels.Length)
        {
            throw new ArgumentException(
                $"{labels.Length} images need as many sample numbers, but there are {streams.Samples.Length}.",
                nameof(streams));
        }

        for (var image = 0; image < labels.Length; image++)
        {
            if (labels[image] >= classifier.Classes)
            {
                throw new ArgumentException(
                    $"Image {image} has the label {labels[image]}, but the classes are 0 to {classifier.Classes - 1}.",
                    nameof(labels));
            }

            var pixel = FirstOutsideBox(images.Slice(image * length, length));
            if (pixel >= 0)
            {
                throw new ArgumentException(
                    $"Pixel {pixel} of image {image} is {images[image * length + pixel]}; pixels must be in [0, 1].",
                    nameof(images));
            }
        }
    }

    private static int FirstOutsideBox(ReadOnlySpan<float> pixels)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            if (!(pixels[i] >= 0 && pixels[i] <= 1))
            {
                return i;
            }
        }

        return -1;
    }
}
