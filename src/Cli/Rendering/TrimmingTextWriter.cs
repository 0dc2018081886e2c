using System.Text;

namespace AdvFit.Cli.Rendering;

/// <summary>Drops the trailing blanks of lines, which tables and wrapped text have, for files and pipes.</summary>
internal sealed class TrimmingTextWriter(TextWriter target) : TextWriter
{
    private int _blanks;

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value)
    {
        switch (value)
        {
            case ' ':
                _blanks++;
                return;
            case '\r' or '\n':
                _blanks = 0;
                break;
        }

        for (; _blanks > 0; _blanks--)
        {
            target.Write(' ');
        }

        target.Write(value);
    }

    public override void Flush() => target.Flush();
}
