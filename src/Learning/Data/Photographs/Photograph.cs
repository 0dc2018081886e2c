namespace AdvFit.Learning.Data.Photographs;

/// <summary>A decoded photograph.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Red, green, blue and a byte that is not used, for every pixel, row by row.</param>
internal sealed record Photograph(int Width, int Height, byte[] Pixels)
{
    /// <summary>Bytes of one pixel.</summary>
    public const int Stride = 4;
}
