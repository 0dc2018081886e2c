namespace AdvFit.Learning;

/// <summary>Shape of one image: channels, rows, columns; pixels are stored in that order.</summary>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Pixels of one image over all channels.</summary>
    public int Length => Channels * Height * Width;

    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
