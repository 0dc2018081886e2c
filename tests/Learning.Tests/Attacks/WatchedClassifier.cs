namespace AdvFit.Learning.Tests.Attacks;

/// <summary>A classifier that shows its tile to a test around each pass, which may count, spoil or cancel.</summary>
internal sealed class WatchedClassifier(IDifferentiableClassifier inner) : IDifferentiableClassifier
{
    /// <summary>Called after each forward pass with the tile and its logits, which may be overwritten.</summary>
    public Action<IClassifierTile, float[]>? AfterForward { get; init; }

    /// <summary>Called after each backward pass with the tile and its pixel gradients, which may be overwritten.</summary>
    public Action<IClassifierTile, float[]>? AfterBackward { get; init; }

    public ImageShape Shape => inner.Shape;

    public int Classes => inner.Classes;

    public int Forwards { get; private set; }

    public int Backwards { get; private set; }

    public IClassifierTile CreateTile() => new Tile(this, inner.CreateTile());

    private sealed class Tile(WatchedClassifier owner, IClassifierTile tile) : IClassifierTile
    {
        private readonly float[] _logits = new float[tile.Logits.Length];
        private readonly float[] _pixelGradients = new float[tile.PixelGradients.Length];

        public int Lanes => tile.Lanes;

        public Span<float> Pixels => tile.Pixels;

        public ReadOnlySpan<float> Logits => _logits;

        public Span<float> LogitGradients => tile.LogitGradients;

        public ReadOnlySpan<float> PixelGradients => _pixelGradients;

        public void Forward()
        {
            owner.Forwards++;
            tile.Forward();
            tile.Logits.CopyTo(_logits);
            owner.AfterForward?.Invoke(tile, _logits);
        }

        public void Backward()
        {
            owner.Backwards++;
            tile.Backward();
            tile.PixelGradients.CopyTo(_pixelGradients);
            owner.AfterBackward?.Invoke(tile, _pixelGradients);
        }
    }
}
