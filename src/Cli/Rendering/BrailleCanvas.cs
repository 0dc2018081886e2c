namespace AdvFit.Cli.Rendering;

/// <summary>Draws lines with Braille characters (Unicode 2800 to 28FF), each of which is 2 x 4 dots.</summary>
internal sealed class BrailleCanvas
{
    private const int DotsAcross = 2, DotsDown = 4;
    private const char Blank = '\u2800';

    // Bit of each dot of a character, [row][column]: Unicode numbers the lowest row last.
    private static readonly byte[][] Bits = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

    private readonly byte[,] _cells;

    /// <summary>An empty canvas.</summary>
    /// <param name="columns">Characters across.</param>
    /// <param name="rows">Characters down.</param>
    public BrailleCanvas(int columns, int rows) => _cells = new byte[rows, columns];

    /// <summary>Dots across.</summary>
    public int Width => _cells.GetLength(1) * DotsAcross;

    /// <summary>Dots down.</summary>
    public int Height => _cells.GetLength(0) * DotsDown;

    /// <summary>A straight line between two dots, both within the canvas; row 0 is the top.</summary>
    public void Line(int fromX, int fromY, int toX, int toY)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)));
        for (var step = 0; step <= steps; step++)
        {
            var share = (double)step / steps;
            Dot((int)Math.Round(fromX + share * (toX - fromX)), (int)Math.Round(fromY + share * (toY - fromY)));
        }
    }

    /// <summary>One row of characters; those without a dot are spaces.</summary>
    public string Row(int row) => string.Create(_cells.GetLength(1), row, (text, at) =>
    {
        for (var column = 0; column < text.Length; column++)
        {
            text[column] = _cells[at, column] == 0 ? ' ' : (char)(Blank + _cells[at, column]);
        }
    });

    private void Dot(int x, int y) => _cells[y / DotsDown, x / DotsAcross] |= Bits[y % DotsDown][x % DotsAcross];
}
