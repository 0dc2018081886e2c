namespace AdvFit.Learning;

/// <summary>
/// A classifier whose logits can be differentiated by its input: all that an attack may know of its victim. Thread-safe;
/// each thread works in a tile of its own.
/// </summary>
public interface IDifferentiableClassifier
{
    /// <summary>Shape of one image.</summary>
    ImageShape Shape { get; }

    /// <summary>Number of classes, the length of the logits.</summary>
    int Classes { get; }

    /// <summary>A workspace for one thread.</summary>
    IClassifierTile CreateTile();
}

/// <summary>
/// Room for <see cref="Lanes"/> images at once, batch innermost: element (i, lane) of any of its arrays is at
/// <c>i * Lanes + lane</c>. What happens in a lane does not depend, to the bit, on what the other lanes hold.
/// </summary>
public interface IClassifierTile
{
    /// <summary>Images per tile.</summary>
    int Lanes { get; }

    /// <summary>Input pixels in [0, 1], [pixels][lanes]; to be filled before <see cref="Forward"/>.</summary>
    Span<float> Pixels { get; }

    /// <summary>Logits of the last <see cref="Forward"/>, [classes][lanes].</summary>
    ReadOnlySpan<float> Logits { get; }

    /// <summary>Derivatives of some function by the logits, [classes][lanes]; the seed of <see cref="Backward"/>.</summary>
    Span<float> LogitGradients { get; }

    /// <summary>Derivatives of that function by the pixels, after <see cref="Backward"/>, [pixels][lanes].</summary>
    ReadOnlySpan<float> PixelGradients { get; }

    /// <summary>Computes <see cref="Logits"/> from <see cref="Pixels"/>.</summary>
    void Forward();

    /// <summary>
    /// Computes <see cref="PixelGradients"/> from <see cref="LogitGradients"/> at the point of the last
    /// <see cref="Forward"/>. May be called many times, with other seeds, after one <see cref="Forward"/>.
    /// </summary>
    void Backward();
}
