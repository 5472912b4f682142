      <tr>
        <th scope="row"><a class="row-link" href="<?= $site['base'] ?>/projects/<?= $id ?>"><?= $name ?></a></th>
        <td data-label="Language"><span class="language" data-language="<?= $language ?>"><?= $languageName ?></span></td>
        <td data-label="Files"><?= $files ?></td>
        <td data-label="Last change"><time datetime="<?= $updated->format('Y-m-d\TH:i:s\Z') ?>"><?= $updated->format('Y-m-d H:i') ?> UTC</time></td>
        <td class="row-action"><a class="quiet" href="<?= $site['base'] ?>/projects/<?= $id ?>/settings">Settings<span class="visually-hidden"> of <?= $name ?></span></a></td>
      </tr>
