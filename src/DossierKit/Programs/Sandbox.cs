using System.Globalization;

namespace DossierKit.Programs;

/// <summary>
/// The walls around a program, built by bubblewrap (<c>bwrap</c>): no network, no home, nothing of the machine but its programs, libraries and fonts, all read-only;
/// one private folder in memory. Everything in it dies with its first process, and that dies with this program.
/// </summary>
internal static class Sandbox
{
    /// <summary>Builds the walls.</summary>
    public static ExternalProgram Bubblewrap { get; } = new("bubblewrap", "bwrap", "bubblewrap", "");

    /// <summary>Nobody: inside there is no account that owns anything.</summary>
    private const string Nobody = "65534";

    /// <summary>Written first by what runs inside: until then whatever stands on standard error is about the walls, and holds nothing of a document.</summary>
    public const string Ready = "dossierkit:ready\n";

    // Descriptors that our own parent left open are closed: a program gets its three and no more. Bash, because other shells know only nine.
    // The input is written inside, by the sandbox itself: a file made outside would lie on a disk.
    private const string Inside = """
        for fd in /proc/self/fd/*; do fd=${fd##*/}; if ((fd > 2)); then eval "exec $fd>&-" 2>/dev/null; fi; done
        printf 'dossierkit:ready\n' >&2
        input=$1 output=$2; shift 2
        if [[ -n $input ]]; then cat > "$input" || exit 90; exec < /dev/null; fi
        if [[ -z $output ]]; then exec "$@"; fi
        "$@" >&2 || exit
        if [[ ! -s $output ]]; then exit 91; fi
        exec cat -- "$output"
        """;

    /// <summary>The command line that runs a program behind the walls.</summary>
    /// <param name="folders">Where programs are.</param>
    /// <param name="bubblewrap">Full path of bwrap.</param>
    /// <param name="program">Full path of the program.</param>
    /// <param name="call">What to run.</param>
    /// <returns>The words, the executable first.</returns>
    public static IReadOnlyList<string> CommandLine(ProgramFolders folders, string bubblewrap, string program, ProgramCall call)
    {
        var limits = call.Limits;
        return
        [
            .. AsNobody(folders),
            bubblewrap,
            // The user namespace is asked for by name: where it is forbidden this fails, and nothing runs with less.
            "--unshare-all", "--unshare-user", "--disable-userns", "--uid", Nobody, "--gid", Nobody, "--cap-drop", "ALL", "--hostname", "sandbox",
            "--die-with-parent", "--new-session",
            "--clearenv", "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "HOME", ProgramCall.Folder, "--setenv", "TMPDIR", ProgramCall.Folder, "--setenv", "LANG", "C.UTF-8", "--setenv", "TZ", "UTC",
            .. ReadOnlySystem(program),
            "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev",
            "--size", Text(limits.Scratch), "--tmpfs", ProgramCall.Folder, "--chdir", ProgramCall.Folder, "--remount-ro", "/",
            "--",
            "/usr/bin/prlimit", "--core=0", "--nofile=1024", $"--nproc={Text(limits.Processes)}", $"--as={Text(limits.Memory)}", $"--cpu={Text((long)Math.Ceiling(limits.ProcessorTime.TotalSeconds))}",
            $"--fsize={Text(limits.Scratch)}", "--",
            "/bin/bash", "--norc", "--noprofile", "-c", Inside, "sandbox", call.InputFile ?? "", call.OutputFile ?? "",
            program, .. call.Arguments,
        ];
    }

    /// <summary>The kernel does not count the processes of root: as root the walls are built by nobody, so that the limit on processes holds.</summary>
    private static IEnumerable<string> AsNobody(ProgramFolders folders)
        => Environment.IsPrivilegedProcess && folders.Find("setpriv") is { } setpriv ? [setpriv, $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--"] : [];

    private static IEnumerable<string> ReadOnlySystem(string program)
    {
        foreach (var word in (string[])["--ro-bind", "/usr", "/usr"]) yield return word;
        foreach (var name in (string[])["bin", "sbin", "lib", "lib32", "lib64"])
        {
            // Links into /usr on most systems, folders of their own on older ones.
            var folder = new DirectoryInfo($"/{name}");
            if (!folder.Exists) continue;
            foreach (var word in folder.LinkTarget is { } target ? (string[])["--symlink", target, folder.FullName] : ["--ro-bind", folder.FullName, folder.FullName]) yield return word;
        }

        // Fonts and the settings of programs: no accounts, no keys, no names of this machine.
        foreach (var path in (string[])["/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives", "/etc/libreoffice", "/var/cache/fontconfig"])
        {
            foreach (var word in (string[])["--ro-bind-try", path, path]) yield return word;
        }

        // A program its maker packed, such as /opt/libreoffice25.2/program/soffice, comes with its own folder.
        var real = new FileInfo(program).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program;
        if (real.Split('/') is ["", "opt", { Length: > 0 } maker, _, ..])
        {
            foreach (var word in (string[])["--ro-bind", $"/opt/{maker}", $"/opt/{maker}"]) yield return word;
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
