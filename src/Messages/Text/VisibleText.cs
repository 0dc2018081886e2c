using System.Globalization;
using System.Text;

namespace AdvFit.Messages.Text;

/// <summary>
/// Makes text from elsewhere safe to show: what a terminal would obey (escape sequences, line ends, changes of the direction of
/// writing) is replaced by a character that can be seen, ␛ for ESC and � for what has no picture.
/// </summary>
public static class VisibleText
{
    private const int Pictures = 0x2400;
    private static readonly Rune PictureOfDelete = new(0x2421);

    /// <summary>Text that is to stay on one line.</summary>
    public static string Line(string text) => Of(text, keepsLines: false);

    /// <summary>Text of several lines, with tabs.</summary>
    public static string Lines(string text) => Of(text, keepsLines: true);

    private static string Of(string text, bool keepsLines)
    {
        if (IsHarmless(text))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            visible.Append((keepsLines && rune.Value is '\n' or '\t' ? rune : Of(rune)).ToString());
        }

        return visible.ToString();
    }

    private static bool IsHarmless(string text)
    {
        foreach (var letter in text)
        {
            if (letter is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static Rune Of(Rune rune) => rune.Value switch
    {
        < ' ' => new Rune(Pictures + rune.Value),
        0x7f => PictureOfDelete,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            ? Rune.ReplacementChar
            : rune,
    };
}
