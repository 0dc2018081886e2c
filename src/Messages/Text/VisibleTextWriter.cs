using System.Text;

namespace AdvFit.Messages.Text;

/// <summary>Writes text as <see cref="VisibleText.Lines"/> has it.</summary>
/// <param name="target">Where to.</param>
public sealed class VisibleTextWriter(TextWriter target) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => target.Encoding;

    /// <summary>Has all that this process writes to its console written so, from now on.</summary>
    public static void GuardConsole()
    {
        Console.SetOut(new VisibleTextWriter(Console.Out));
        Console.SetError(new VisibleTextWriter(Console.Error));
    }

    /// <inheritdoc/>
    public override void Write(char value)
    {
        // The halves of one character come one after the other.
        if (char.IsSurrogate(value))
        {
            target.Write(value);
        }
        else
        {
            Write(value.ToString());
        }
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => target.Write(VisibleText.Lines(value ?? ""));

    /// <inheritdoc/>
    public override void WriteLine() => target.WriteLine();

    /// <inheritdoc/>
    public override void WriteLine(string? value) => target.WriteLine(VisibleText.Lines(value ?? ""));

    /// <inheritdoc/>
    public override void Flush() => target.Flush();
}
